/// How often a model and a rule of thumb know where somebody or something is at a story's end.
///
/// The rule names the place that the story named last.
struct PlaceRecall {
  /// For each story 1 where the model is right, else 0.
  private let model: [Double]
  /// For each story 1 where the rule is right, else 0.
  private let rule: [Double]

  /// Asks a model about every story.
  ///
  /// - Parameters:
  ///   - probes: the stories' ends, and whether the rule is right there.
  ///   - scores: the model's log P of each candidate.
  init(
    _ probes: [(probe: FactProbe, isNamedLast: Bool)], _ scores: (FactProbe) -> [Double]
  ) {
    model = probes.map { $0.probe.isRight(scores($0.probe)) ? 1 : 0 }
    rule = probes.map { $0.isNamedLast ? 1 : 0 }
  }

  /// The share of stories in which the model is right.
  var share: Double { mean(model) }
  /// The share of stories in which the rule is right.
  var ruleShare: Double { mean(rule) }
  /// By what share the model is ahead of the rule.
  var lead: Double { mean(leads) }
  /// Two standard errors of the lead: both answer the same questions, so differences are counted.
  var uncertainty: Double {
    let squares = leads.map { ($0 - lead) * ($0 - lead) }
    return 2 * (mean(squares) / Double(max(1, squares.count))).squareRoot()
  }
  /// The stories in which the rule is wrong: how many, and the model's share of right answers there.
  var hard: (count: Int, share: Double) {
    let answers = zip(model, rule).filter { $0.1 == 0 }.map(\.0)
    return (answers.count, mean(answers))
  }

  private var leads: [Double] { zip(model, rule).map { $0 - $1 } }
}
