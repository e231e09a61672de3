import Chapter1Exercises
import ExerciseFunctions

// Each name says which module it is from: a learner's type of the same name does not take its place.
ExerciseFunctions::Host.run(ExerciseFunctions::Chapter1Functions()) { functions in
  functions.swappedHalves = Chapter1Exercises::swappedHalves
  functions.labelsFromHalves = Chapter1Exercises::labelsFromHalves
  functions.nearestCentres = Chapter1Exercises::nearestCentres
  functions.movedCentres = Chapter1Exercises::movedCentres
  functions.leakedSources = Chapter1Exercises::leakedSources
  functions.soundPreparation = Chapter1Exercises::soundPreparation
  functions.unlabelledWeight = Chapter1Exercises::unlabelledWeight
  functions.pseudoLabelLoss = Chapter1Exercises::pseudoLabelLoss
  functions.policyGradient = Chapter1Exercises::policyGradient
  functions.expectedPolicyGradient = Chapter1Exercises::expectedPolicyGradient
  functions.bestBaseline = Chapter1Exercises::bestBaseline
}
