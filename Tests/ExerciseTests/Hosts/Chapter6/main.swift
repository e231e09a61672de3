import Chapter6Exercises
import ExerciseFunctions

// Each name says which module it is from: a learner's type of the same name does not take its place.
ExerciseFunctions::Host.run(ExerciseFunctions::Chapter6Functions()) { functions in
  functions.corpusPerplexity = Chapter6Exercises::corpusPerplexity
  functions.bitsPerCharacter = Chapter6Exercises::bitsPerCharacter
  functions.perplexity = Chapter6Exercises::perplexity
  functions.causalWeights = Chapter6Exercises::causalWeights
  functions.mixedValues = Chapter6Exercises::mixedValues
  functions.nucleus = Chapter6Exercises::nucleus
  functions.logitGradient = Chapter6Exercises::logitGradient
  functions.tiedGradient = Chapter6Exercises::tiedGradient
  functions.choiceProbabilities = Chapter6Exercises::choiceProbabilities
  functions.headGradient = Chapter6Exercises::headGradient
  functions.placesThatKnow = Chapter6Exercises::placesThatKnow
  functions.soundWindow = Chapter6Exercises::soundWindow
}
