import TensorCore

/// A question in tokens: one sequence, or one for each answer to choose from, and the right answer.
struct Question {
  /// One sequence for a question with classes, one for each choice otherwise.
  var sequences: [[Int]]
  /// The class, or the index of the right choice.
  var answer: Int
}

/// How questions become sequences of tokens.
///
/// As in Radford et al. 2018, section 3.3. Three tokens are new: ⟨s⟩ opens a sequence, $ stands between two texts, ⟨e⟩ closes it, and above it
/// the answer is read.
struct InputForm {
  /// How many tokens the pre-trained model knows; the new ones come after them.
  let vocabulary: Int
  /// The longest sequence; what is too much is cut off at the beginning of the first text.
  let context: Int

  var start: Int { vocabulary }
  var delimiter: Int { vocabulary + 1 }
  var extract: Int { vocabulary + 2 }
  /// How many tokens are new.
  static let newTokens = 3

  /// The sequence ⟨s⟩ text ⟨e⟩.
  func classification(_ text: [Int], answer: Int) -> Question {
    Question(sequences: [[start] + text.suffix(context - 2) + [extract]], answer: answer)
  }

  /// The sequence ⟨s⟩ premise $ hypothesis ⟨e⟩.
  func entailment(_ premise: [Int], _ hypothesis: [Int], answer: Int) -> Question {
    Question(sequences: [pair(premise, hypothesis)], answer: answer)
  }

  /// The sequences ⟨s⟩ context $ choice ⟨e⟩, one for each choice.
  func multipleChoice(_ context: [Int], _ choices: [[Int]], answer: Int) -> Question {
    Question(sequences: choices.map { pair(context, $0) }, answer: answer)
  }

  private func pair(_ first: [Int], _ second: [Int]) -> [Int] {
    [start] + first.suffix(max(0, context - 3 - second.count)) + [delimiter] + second + [extract]
  }
}

/// A GPT with a linear layer Wy above the last token of a sequence.
final class FineTuned: Module {
  let gpt: GPT
  /// Wy: `[width, classes]`, or `[width, 1]` where each choice gets one score.
  let head: Linear

  /// Takes over a model, with vectors for the new tokens and the head drawn at random.
  init(_ model: GPT, classes: Int, using random: inout Random) {
    let new = Tensor(
      normal: [InputForm.newTokens, model.sizes.width], deviation: 0.02, using: &random)
    let table = withoutGradient { concatenate([model.tokens.weight, Variable(new)]) }
    gpt = GPT(model, tokens: Embedding(weight: Variable(table.value, needsGradient: true)))
    head = Linear(
      model.sizes.width, classes, initialisation: .normal(0.02), using: &random)
  }

  private init(cloning model: FineTuned) {
    gpt = model.gpt.clone()
    head = model.head.clone()
  }

  var parts: Parts { ["gpt": gpt, "head": head] }
  func clone() -> FineTuned { FineTuned(cloning: self) }

  /// The scores of the answers, and the loss of the text itself if it is asked for.
  ///
  /// - Parameters:
  ///   - questions: questions of one form.
  ///   - hasTextLoss: whether L₁ is computed.
  /// - Returns: `scores`, `[questions, answers]`, and L₁.
  func callAsFunction(
    _ questions: [Question], hasTextLoss: Bool = false
  ) -> (scores: Variable, textLoss: Variable?) {
    let sequences = questions.flatMap(\.sequences)
    let time = sequences.map(\.count).max()!
    // What fills a sequence up comes after ⟨e⟩: the causal mask hides it from all that is read.
    let filled = sequences.map { $0 + [Int](repeating: 0, count: time - $0.count) }
    let features = gpt.features(filled)  // [sequences, time, width]
    let ends = sequences.enumerated().map { $0.offset * time + $0.element.count - 1 }
    let last = features.reshaped([-1, gpt.sizes.width]).gather(ends)  // [sequences, width]
    let scores = head(last).reshaped([questions.count, -1])
    if !hasTextLoss { return (scores, nil) }
    let targets = sequences.flatMap { sequence in
      sequence.dropFirst() + [Int](repeating: -1, count: time - sequence.count + 1)
    }
    return (scores, crossEntropy(gpt.logits(features), targets, ignoring: -1))
  }

  /// L₃ = L₂ + λ L₁: the loss of the answers, and of the labelled text as text.
  func loss(_ questions: [Question], lambda: Float) -> Variable {
    let (scores, textLoss) = self(questions, hasTextLoss: lambda > 0)
    let loss = crossEntropy(scores, questions.map(\.answer))
    return textLoss.map { loss + lambda * $0 } ?? loss
  }

  /// Trains on labelled questions, each step on some of them drawn at random.
  ///
  /// - Throws: `GradientNotFinite` where the run has diverged.
  func train(
    on questions: [Question], batch: Int, steps: Int, learningRate: Float, lambda: Float,
    seed: UInt64
  ) throws {
    var random = Random(seed: seed)
    let optimizer = AdamW(
      parameters, learningRate: learningRate, weightDecay: 0.01, decaying: { !$0.isVector })
    let schedule = WarmUpCosine(peak: learningRate, warmUp: steps / 10, total: steps)
    var order: [Int] = []
    for step in 0..<steps {
      while order.count < batch { order = random.permutation(questions.count) + order }
      let some = (0..<batch).map { _ in questions[order.removeLast()] }
      let loss = loss(some, lambda: lambda)
      optimizer.clearGradients()
      loss.backward()
      try clipGradients(of: optimizer.parameters, to: 1)
      optimizer.learningRate = schedule(step)
      optimizer.step()
    }
  }

  /// The share of questions that are answered rightly.
  func accuracy(_ questions: [Question]) -> Double {
    var right = 0
    for start in stride(from: 0, to: questions.count, by: 25) {
      let some = Array(questions[start..<min(start + 25, questions.count)])
      let answers = evaluating { self(some).scores }.value.indicesOfMaximum()
      right += zip(answers, some).count { $0 == $1.answer }
    }
    return Double(right) / Double(questions.count)
  }
}
