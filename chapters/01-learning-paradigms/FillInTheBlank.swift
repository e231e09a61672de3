import TensorCore

/// A tiny language model: it says which word belongs at a place, given the others of the sentence.
///
/// Each word has an embedding; the place has a say in how much each number of it counts. With the
/// embedding e of a word and a weight vector c for its distance to the blank:
///
///     h = Σⱼ c(j − blank) ⊙ e(wordⱼ)          p(word) = softmax(h W + b)
///
/// The sum runs over the other places of the sentence (a log-bilinear model: Mnih and Hinton 2007, with
/// diagonal matrices). A word that is hidden too has an embedding of its own, that of `…`.
final class FillInTheBlank: Module {
  /// How the hidden word is written.
  static let blank = "…"

  /// All words, and the blank as the last.
  let words: [String]
  /// One row for each word, `[words, width]`.
  let embedding: Variable
  /// One row for each distance from −7 to 7, `[15, width]`.
  let distance: Variable
  /// From the sum to one logit for each word.
  let output: Linear

  /// A model with random weights for the words of some sentences.
  init(_ sentences: [[String]], width: Int = 16, using random: inout Random) {
    words = Set(sentences.joined()).sorted() + [FillInTheBlank.blank]
    embedding = Variable(
      Tensor(normal: [words.count, width], deviation: 0.3, using: &random), needsGradient: true)
    distance = Variable(Tensor([15, width], fill: 1), needsGradient: true)
    output = Linear(width, words.count, using: &random)
  }

  private init(words: [String], embedding: Variable, distance: Variable, output: Linear) {
    self.words = words
    self.embedding = embedding
    self.distance = distance
    self.output = output
  }

  var parts: Parts { ["embedding": embedding, "distance": distance, "output": output] }

  func clone() -> FillInTheBlank {
    FillInTheBlank(
      words: words, embedding: embedding.clone(), distance: distance.clone(),
      output: output.clone())
  }

  /// Logits `[batch, words]` for one place in each of some sentences of eight word numbers.
  func logits(_ sentences: [[Int]], at places: [Int]) -> Variable {
    var others: [Int] = []
    var distances: [Int] = []
    for (sentence, place) in zip(sentences, places) {
      for other in sentence.indices where other != place {
        others.append(sentence[other])
        distances.append(other - place + 7)
      }
    }
    let weighted = embedding.gather(others) * distance.gather(distances)  // [batch · 7, width]
    return output(weighted.reshaped([sentences.count, 7, -1]).sum(axis: 1))
  }

  /// The probability of each word at a place of a sentence that may hold blanks.
  ///
  /// - Parameters:
  ///   - sentence: eight words; what stands at `place` itself is not looked at.
  ///   - place: the place, counted from 0.
  /// - Returns: a probability for each word.
  func probabilities(_ sentence: [String], at place: Int) -> [String: Float] {
    let numbers = sentence.map { words.firstIndex(of: $0) ?? words.count - 1 }
    let p = withoutGradient { softmax(logits([numbers], at: [place])) }.value.numbers
    return Dictionary(uniqueKeysWithValues: zip(words, p))
  }
}

/// Trains the model to name the word that was taken out; the sentences are their own answers.
///
/// Of the other words each is hidden as well, with a probability of one half: so the model learns what
/// every single word speaks for, and not whole sentences by heart. Two blanks are nothing new to it.
func learnToFillBlanks(_ sentences: [[String]], steps: Int, seed: UInt64) -> FillInTheBlank {
  var random = Random(seed: seed)
  let model = FillInTheBlank(sentences, using: &random)
  let numbered = sentences.map { sentence in sentence.map { model.words.firstIndex(of: $0)! } }
  let blank = model.words.count - 1
  train(model.parameters, steps: steps, learningRate: 1e-2, title: "Fill in the blank") { _ in
    let batch = random.sample(64, of: numbered)
    let places = batch.map { random.integer(below: $0.count) }
    let seen = batch.map { $0.map { random.chance(0.5) ? blank : $0 } }
    return crossEntropy(model.logits(seen, at: places), zip(batch, places).map { $0[$1] })
  }
  return model
}
