import Chapter8Exercises
import Checkers

// Each name says which module it is from: a learner's type of the same name does not take its place.
Checkers::Host.run(
  Checkers::Chapter8.exercises,
  on: Checkers::Chapter8Functions(
    anchorLoss: Chapter8Exercises::anchorLoss,
    batchLoss: Chapter8Exercises::batchLoss,
    slopeBeforeNormalisation: Chapter8Exercises::slopeBeforeNormalisation,
    anchorGradient: Chapter8Exercises::anchorGradient,
    batchGradient: Chapter8Exercises::batchGradient,
    severalPositivesLoss: Chapter8Exercises::severalPositivesLoss,
    meanOverAnchors: Chapter8Exercises::meanOverAnchors,
    patientPair: Chapter8Exercises::patientPair,
    epochOfPairs: Chapter8Exercises::epochOfPairs,
    alignment: Chapter8Exercises::alignment,
    uniformity: Chapter8Exercises::uniformity,
    leakedShare: Chapter8Exercises::leakedShare,
    splitByPatient: Chapter8Exercises::splitByPatient))
