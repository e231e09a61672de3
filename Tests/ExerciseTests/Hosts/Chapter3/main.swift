import Chapter3Exercises
import ExerciseFunctions

// Each name says which module it is from: a learner's type of the same name does not take its place.
ExerciseFunctions::Host.run(ExerciseFunctions::Chapter3Functions()) { functions in
  functions.drawPair = Chapter3Exercises::drawPair
  functions.projection = Chapter3Exercises::projection
  functions.eigenvalues = Chapter3Exercises::eigenvalues
  functions.shareLeft = Chapter3Exercises::shareLeft
  functions.dropped = Chapter3Exercises::dropped
  functions.droppedPair = Chapter3Exercises::droppedPair
  functions.labelTheOtherWayRound = Chapter3Exercises::labelTheOtherWayRound
  functions.labelInTheMirror = Chapter3Exercises::labelInTheMirror
  functions.labelAfterAQuarterTurn = Chapter3Exercises::labelAfterAQuarterTurn
  functions.labelShares = Chapter3Exercises::labelShares
  functions.positionError = Chapter3Exercises::positionError
  functions.chanceError = Chapter3Exercises::chanceError
  functions.bestTenthError = Chapter3Exercises::bestTenthError
  functions.lossWithoutLooking = Chapter3Exercises::lossWithoutLooking
  functions.rightWithoutLooking = Chapter3Exercises::rightWithoutLooking
  functions.evenWeights = Chapter3Exercises::evenWeights
  functions.evenPair = Chapter3Exercises::evenPair
}
