import Chapter8Exercises
import ExerciseFunctions

// Each name says which module it is from: a learner's type of the same name does not take its place.
ExerciseFunctions::Host.run(ExerciseFunctions::Chapter8Functions()) { functions in
  functions.anchorLoss = Chapter8Exercises::anchorLoss
  functions.batchLoss = Chapter8Exercises::batchLoss
  functions.slopeBeforeNormalisation = Chapter8Exercises::slopeBeforeNormalisation
  functions.anchorGradient = Chapter8Exercises::anchorGradient
  functions.batchGradient = Chapter8Exercises::batchGradient
  functions.severalPositivesLoss = Chapter8Exercises::severalPositivesLoss
  functions.meanOverAnchors = Chapter8Exercises::meanOverAnchors
  functions.patientPair = Chapter8Exercises::patientPair
  functions.epochOfPairs = Chapter8Exercises::epochOfPairs
  functions.alignment = Chapter8Exercises::alignment
  functions.uniformity = Chapter8Exercises::uniformity
  functions.leakedShare = Chapter8Exercises::leakedShare
  functions.splitByPatient = Chapter8Exercises::splitByPatient
}
