import Chapter6Solutions
import ExerciseFunctions

/// Chapter 6's functions as the course solves them.
public let chapter6Solutions = solved(Chapter6Functions()) {
  $0.corpusPerplexity = corpusPerplexity
  $0.bitsPerCharacter = bitsPerCharacter
  $0.perplexity = perplexity
  $0.causalWeights = causalWeights
  $0.mixedValues = mixedValues
  $0.nucleus = nucleus
  $0.logitGradient = logitGradient
  $0.tiedGradient = tiedGradient
  $0.choiceProbabilities = choiceProbabilities
  $0.headGradient = headGradient
  $0.placesThatKnow = placesThatKnow
  $0.soundWindow = soundWindow
}
