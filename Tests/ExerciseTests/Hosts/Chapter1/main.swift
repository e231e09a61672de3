import Chapter1Exercises
import Checkers

Host.run(
  Chapter1.exercises,
  on: Chapter1Functions(
    swappedHalves: swappedHalves, labelsFromHalves: labelsFromHalves,
    nearestCentres: nearestCentres, movedCentres: movedCentres,
    leakedSources: leakedSources, soundPreparation: soundPreparation,
    unlabelledWeight: unlabelledWeight, pseudoLabelLoss: pseudoLabelLoss,
    policyGradient: policyGradient, expectedPolicyGradient: expectedPolicyGradient,
    bestBaseline: bestBaseline))
