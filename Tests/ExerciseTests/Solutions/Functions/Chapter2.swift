import Chapter2Solutions
import ExerciseFunctions

/// Chapter 2's functions as the course solves them.
public let chapter2Solutions = solved(Chapter2Functions()) {
  $0.logSigmoid = logSigmoid
  $0.skipGramPair = skipGramPair
  $0.noiseDistribution = noiseDistribution
  $0.optimalScores = optimalScores
  $0.shiftsFromPMI = shiftsFromPMI
  $0.leastLoss = leastLoss
  $0.windowWords = windowWords
  $0.bagOfWords = bagOfWords
  $0.tableGradient = tableGradient
  $0.averagePrecision = averagePrecision
  $0.meanAveragePrecision = meanAveragePrecision
  $0.recallAtOne = recallAtOne
  $0.leastReconstructionLoss = leastReconstructionLoss
  $0.reconstruction = reconstruction
  $0.hasFound = hasFound
  $0.mixed = mixed
  $0.changedParts = changedParts
  $0.frozenFeatures = frozenFeatures
  $0.frozenProbe = frozenProbe
  $0.frozenAccuracy = frozenAccuracy
}
