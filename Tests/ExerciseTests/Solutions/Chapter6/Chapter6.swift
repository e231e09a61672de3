import Chapter6Solutions
import Checkers

extension CheckedChapter {
  static let chapter6 = CheckedChapter(
    6, Chapter6.exercises, solutions: chapter6Solutions,
    specimens: [
      perplexitySpecimens, causalAttentionSpecimens, nucleusSpecimens, tiedGradientSpecimens,
      multipleChoiceSpecimens, lookingAheadSpecimens,
    ].flatMap(\.self))
}

let chapter6Solutions = Chapter6Functions(
  corpusPerplexity: corpusPerplexity, bitsPerCharacter: bitsPerCharacter,
  perplexity: perplexity, causalWeights: causalWeights, mixedValues: mixedValues,
  nucleus: nucleus, logitGradient: logitGradient, tiedGradient: tiedGradient,
  choiceProbabilities: choiceProbabilities, headGradient: headGradient,
  placesThatKnow: placesThatKnow, soundWindow: soundWindow)
