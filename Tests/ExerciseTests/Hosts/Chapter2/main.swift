import Chapter2Exercises
import ExerciseFunctions

// Each name says which module it is from: a learner's type of the same name does not take its place.
ExerciseFunctions::Host.run(ExerciseFunctions::Chapter2Functions()) { functions in
  functions.logSigmoid = Chapter2Exercises::logSigmoid
  functions.skipGramPair = Chapter2Exercises::skipGramPair
  functions.noiseDistribution = Chapter2Exercises::noiseDistribution
  functions.optimalScores = Chapter2Exercises::optimalScores
  functions.shiftsFromPMI = Chapter2Exercises::shiftsFromPMI
  functions.leastLoss = Chapter2Exercises::leastLoss
  functions.windowWords = Chapter2Exercises::windowWords
  functions.bagOfWords = Chapter2Exercises::bagOfWords
  functions.tableGradient = Chapter2Exercises::tableGradient
  functions.averagePrecision = Chapter2Exercises::averagePrecision
  functions.meanAveragePrecision = Chapter2Exercises::meanAveragePrecision
  functions.recallAtOne = Chapter2Exercises::recallAtOne
  functions.leastReconstructionLoss = Chapter2Exercises::leastReconstructionLoss
  functions.reconstruction = Chapter2Exercises::reconstruction
  functions.hasFound = Chapter2Exercises::hasFound
  functions.mixed = Chapter2Exercises::mixed
  functions.changedParts = Chapter2Exercises::changedParts
  functions.frozenFeatures = Chapter2Exercises::frozenFeatures
  functions.frozenProbe = Chapter2Exercises::frozenProbe
  functions.frozenAccuracy = Chapter2Exercises::frozenAccuracy
}
