import Chapter3Solutions
import ExerciseFunctions

/// Chapter 3's functions as the course solves them.
public let chapter3Solutions = solved(Chapter3Functions()) {
  $0.drawPair = drawPair
  $0.projection = projection
  $0.eigenvalues = eigenvalues
  $0.shareLeft = shareLeft
  $0.dropped = dropped
  $0.droppedPair = droppedPair
  $0.labelTheOtherWayRound = labelTheOtherWayRound
  $0.labelInTheMirror = labelInTheMirror
  $0.labelAfterAQuarterTurn = labelAfterAQuarterTurn
  $0.labelShares = labelShares
  $0.positionError = positionError
  $0.chanceError = chanceError
  $0.bestTenthError = bestTenthError
  $0.lossWithoutLooking = lossWithoutLooking
  $0.rightWithoutLooking = rightWithoutLooking
  $0.evenWeights = evenWeights
  $0.evenPair = evenPair
}
