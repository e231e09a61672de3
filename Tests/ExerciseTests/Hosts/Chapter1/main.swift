import Chapter1Exercises
import Checkers

// Each name says which module it is from: a learner's type of the same name does not take its place.
Checkers::Host.run(
  Checkers::Chapter1.exercises,
  on: Checkers::Chapter1Functions(
    swappedHalves: Chapter1Exercises::swappedHalves,
    labelsFromHalves: Chapter1Exercises::labelsFromHalves,
    nearestCentres: Chapter1Exercises::nearestCentres,
    movedCentres: Chapter1Exercises::movedCentres,
    leakedSources: Chapter1Exercises::leakedSources,
    soundPreparation: Chapter1Exercises::soundPreparation,
    unlabelledWeight: Chapter1Exercises::unlabelledWeight,
    pseudoLabelLoss: Chapter1Exercises::pseudoLabelLoss,
    policyGradient: Chapter1Exercises::policyGradient,
    expectedPolicyGradient: Chapter1Exercises::expectedPolicyGradient,
    bestBaseline: Chapter1Exercises::bestBaseline))
