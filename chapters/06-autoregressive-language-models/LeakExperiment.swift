import Notebook
import TensorCore

/// Two small models, one of which can see the token that it is to predict.
struct LeakExperiment {
  /// What became of one of them.
  struct Outcome {
    /// The loss on held-out text, measured with the mask it was trained with: what a log shows.
    let loss: Double
    /// The loss on held-out text when nothing can be seen ahead, as in writing.
    let trueLoss: Double
    /// What it writes.
    let text: String
  }

  let sound: Outcome
  let leaking: Outcome

  /// Trains both on the same windows of text.
  ///
  /// - Throws: `GradientNotFinite` where a run diverged.
  init(_ corpus: Corpus, steps: Int, seed: UInt64) throws {
    func outcome(lookahead: Int) throws -> Outcome {
      var random = Random(seed: seed)
      let model = GPT(
        GPTSizes(vocabulary: corpus.vocabulary, context: 32, width: 48, heads: 3, layers: 2),
        using: &random)
      model.run = { blockSeeingAhead($0, $1, by: lookahead) }
      let plan = PretrainingPlan(steps: steps, batch: 16, learningRate: 5e-3, evaluations: 1)
      let run = Pretraining(model, plan, seed: seed)
      try run.run(on: corpus, title: lookahead == 0 ? "Sound mask" : "Mask off by one")
      let windows = Array(corpus.validationWindows(32).prefix(64))
      let loss = model.meanLoss(windows)
      model.run = { $0($1) }
      let tokens = model.continuations(
        of: [Corpus.endOfLine], count: 1, sampling: Sampling(topP: 0.9), using: &random)[0]
      return Outcome(
        loss: loss, trueLoss: model.meanLoss(windows),
        text: corpus.text(tokens).replacing("\n", with: "⏎"))
    }
    sound = try outcome(lookahead: 0)
    leaking = try outcome(lookahead: 1)
  }

  /// The losses side by side.
  var table: Table {
    Table(
      "The losses, in nats per token",
      columns: [
        .text("mask"), .number("as the log shows it", decimals: 3),
        .number("nothing to be seen ahead", decimals: 3),
      ],
      rows: [
        ["sound", .number(sound.loss), .number(sound.trueLoss)],
        ["off by one", .number(leaking.loss), .number(leaking.trueLoss)],
      ])
  }

  /// What both write.
  var texts: Note {
    Note(
      "What they write, top-p 0.9",
      lines: ["sound mask: " + sound.text, "", "mask off by one: " + leaking.text])
  }
}
