import Chapter6Exercises
import Checkers

// Each name says which module it is from: a learner's type of the same name does not take its place.
Checkers::Host.run(
  Checkers::Chapter6.exercises,
  on: Checkers::Chapter6Functions(
    corpusPerplexity: Chapter6Exercises::corpusPerplexity,
    bitsPerCharacter: Chapter6Exercises::bitsPerCharacter,
    perplexity: Chapter6Exercises::perplexity,
    causalWeights: Chapter6Exercises::causalWeights,
    mixedValues: Chapter6Exercises::mixedValues,
    nucleus: Chapter6Exercises::nucleus,
    logitGradient: Chapter6Exercises::logitGradient,
    tiedGradient: Chapter6Exercises::tiedGradient,
    choiceProbabilities: Chapter6Exercises::choiceProbabilities,
    headGradient: Chapter6Exercises::headGradient,
    placesThatKnow: Chapter6Exercises::placesThatKnow,
    soundWindow: Chapter6Exercises::soundWindow))
