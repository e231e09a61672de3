import Foundation

/// What wrong ideas make of one pair and its negatives.
enum SkipGramIdeas {
  typealias Oracle = NegativeSamplingOracle

  private static let once =
    "Two equal negatives count once in your answer. A word that was drawn twice counts twice."
  private static let skips =
    "You left out the negatives that are equal to the context; here they count like any other."
  private static let divided = "You took the mean over the negatives; the loss has their sum."
  private static let onceInSlopes = " So does its slope."
  private static let downhill = "Downhill: this is minus the gradient in the "
  private static let noLabel = "The slope of −log σ(s) is σ(s) − 1; the 1 is missing in the "
  private static let swapped =
    "You gave back the slopes of center and context in each other's place."

  /// Which negatives are not equal to one before them, or to the context.
  private static func distinct(_ rows: [[Double]]) -> (Int, Int) -> Double {
    { place, _ in rows.firstIndex(of: rows[place]) == place ? 1 : 0 }
  }

  private static func changed(_ oracle: Oracle, _ change: (inout Oracle) -> Void) -> Oracle {
    var wrong = oracle
    change(&wrong)
    return wrong
  }

  /// What a loss becomes whose σ is kept off 0, by a limit or by something added.
  static func cut(_ oracle: Oracle) -> [Misconception<Float>] {
    let sentence =
      "You moved or cut σ, or 1 − σ, to keep off its logarithm's −∞: a score that is far on the wrong side "
      + "then pays too little. Take log σ in a form that needs no limit."
    func loss(_ changed: @escaping (_ sigma: Double) -> Double) -> Misconception<Float> {
      let paid = { (s: Double) in -log(changed(exp(-Oracle.softplus(-s)))) }
      let whole = Self.changed(oracle) {
        $0.data = paid
        $0.noise = { paid(-$0) }
      }
      return Misconception(sentence, gives: Float(whole.loss))
    }
    return [1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16, 1e-20, 1e-30, 1e-38]
      .flatMap { small in [loss { max($0, small) }, loss { $0 + small }] }
  }

  static func loss(_ oracle: Oracle, _ expected: Float) -> [Misconception<Float>] {
    func loss(_ change: (inout Oracle) -> Void) -> Float { Float(changed(oracle, change).loss) }
    let count = Double(oracle.negatives.count)
    let (own, others) = (oracle.score, oracle.scores)
    func unit(_ a: [Double]) -> [Double] { a.map { $0 / Oracle.product(a, a).squareRoot() } }
    func sigma(_ s: Double) -> Double { Oracle.slope(Oracle.softplus, at: s) }
    let top = (others + [own]).max() ?? 0
    let total = top + log((others + [own]).map { exp($0 - top) }.reduce(0, +))
    return [
      Misconception(
        "Your negatives are to score high; they are to score low: σ(−v · n), with a minus.",
        gives: loss { $0.noise = $0.data }),
      Misconception(
        "The pair is to score high and each negative low; yours the other way round.",
        gives: loss { ($0.data, $0.noise) = ($0.noise, $0.data) }),
      Misconception(divided, gives: loss { $0.noiseWeight = { 1 / Double($1) } }),
      Misconception(
        "You took the mean over all scores; the loss is a sum.",
        gives: Float(oracle.loss / (1 + count))),
      Misconception(
        "The negatives are missing from your loss.", gives: Float(oracle.data(own))),
      Misconception(
        "The pair itself is missing from your loss: it has the negatives alone.",
        gives: loss { $0.data = { _ in 0 } }),
      Misconception("This is uphill: the loss is −log σ.", gives: -expected),
      Misconception(
        "You subtracted the negatives' terms from the pair's; all are paid.",
        gives: loss { $0.noiseWeight = { _, _ in -1 } }),
      Misconception(
        "This is the probability of all answers together; the loss is −log of it.",
        gives: exp(-expected)),
      Misconception(
        "This is a logarithm to another base; the loss has the natural one.",
        gives: expected / log(Float(2))),
      Misconception(
        "This is a logarithm to another base; the loss has the natural one.",
        gives: expected / log(Float(10))),
      Misconception(
        "This is the loss of a softmax over the context and the negatives; here each score has a σ of "
          + "its own.", gives: Float(total - own)),
      Misconception(
        "You added the negatives' scores and took one σ of the sum; each has its own.",
        gives: Float(oracle.data(own) + Oracle.softplus(others.reduce(0, +)))),
      Misconception(
        "You multiplied the negatives with the context; their scores are products with the center.",
        gives: Float(
          oracle.data(own)
            + oracle.negatives.map { Oracle.softplus(Oracle.product(oracle.context, $0)) }
            .reduce(0, +))),
      Misconception(
        "You brought the vectors to length 1; the scores are products of vectors as they are.",
        gives: loss {
          ($0.center, $0.context) = (unit($0.center), unit($0.context))
          $0.negatives = $0.negatives.map(unit)
        }),
      Misconception(
        "You squared the errors of σ; the loss has logarithms.",
        gives: loss {
          $0.data = { (sigma($0) - 1) * (sigma($0) - 1) }
          $0.noise = { sigma($0) * sigma($0) }
        }),
      Misconception(once, gives: loss { $0.noiseWeight = distinct($0.negatives) }),
      Misconception(
        skips,
        gives: loss { wrong in
          wrong.noiseWeight = { place, _ in oracle.negatives[place] == oracle.context ? 0 : 1 }
        }),
    ] + cut(oracle)
  }

  static func center(
    _ o: Oracle, _ expected: [Float], _ context: [Float]
  ) -> [Misconception<[Float]>] {
    let (pull, pushes) = (o.pull, o.pushes)
    func sum(_ pull: Double, _ weigh: (Double, Int) -> Double) -> [Float] {
      let noise = pushes.indices.map { (weigh(pushes[$0], $0), o.negatives[$0]) }
      return Oracle.sum([(pull, o.context)] + noise, width: o.center.count)
    }
    func spread(_ slope: Double, at s: Double) -> Double {
      let sigma = Oracle.slope(Oracle.softplus, at: s)
      return slope * sigma * (1 - sigma)
    }
    let scores = o.scores
    return [
      Misconception(downhill + "center.", gives: expected.map { -$0 }),
      Misconception(
        "The negatives' share is missing from the center's slope: each pushes with σ(v·n) n.",
        gives: sum(pull) { _, _ in 0 }),
      Misconception(
        "The context's share is missing from the center's slope: the negatives' alone is left.",
        gives: sum(0) { slope, _ in slope }),
      Misconception(noLabel + "center's slope.", gives: sum(pull + 1) { slope, _ in slope }),
      Misconception(
        "The negatives pull in your answer; they push: the context's share and theirs have different "
          + "signs.", gives: sum(pull) { slope, _ in -slope }),
      Misconception(
        "You treat the negatives like the context: the slope of their payment is σ, not σ − 1.",
        gives: sum(pull) { slope, _ in slope - 1 }),
      Misconception(
        divided,
        gives: sum(pull) { slope, _ in slope / Double(pushes.count) }),
      Misconception(
        "A factor σ(1 − σ) too many: the slope of σ is already in σ − 1, the slope of −log σ.",
        gives: sum(spread(pull, at: o.score)) { spread($0, at: scores[$1]) }),
      Misconception(
        "You multiplied the slopes of the scores with the center itself; its own slope has the other "
          + "vectors.",
        gives: Oracle.sum([(pull + pushes.reduce(0, +), o.center)], width: o.center.count)),
      Misconception(swapped, gives: context),
      Misconception(
        once,
        gives: sum(pull) { slope, place in
          slope * distinct(o.negatives)(place, 0)
        }),
      Misconception(
        skips, gives: sum(pull) { slope, place in o.negatives[place] == o.context ? 0 : slope }),
    ]
  }

  private static func times(_ weight: Double, _ vector: [Double]) -> [Float] {
    vector.map { Float(weight * $0) }
  }

  /// What wrong ideas give for the gradient in the context.
  static func context(
    _ o: Oracle, _ expected: (center: [Float], context: [Float], negatives: [[Float]])
  ) -> [Misconception<[Float]>] {
    let (pull, pushes, v) = (o.pull, o.pushes, o.center.map { Float($0) })
    return [
      Misconception(downhill + "context.", gives: expected.context.map { -$0 }),
      Misconception(noLabel + "context's slope.", gives: times(pull + 1, o.center)),
      Misconception(
        "You multiplied with the context itself; the slope in u has the center, v.",
        gives: times(pull, o.context)),
      Misconception(
        "The context feels its own score alone; the negatives' slopes are none of its business.",
        gives: times(pull + pushes.reduce(0, +), o.center)),
      Misconception(
        "You moved the center before you took the context's slope: all slopes are taken at the same "
          + "place.", gives: zip(v, expected.center).map { Float(pull) * ($0 - $1) }),
    ]
  }

  /// What wrong ideas give for the gradients in the negatives, of which there is one or more.
  static func negatives(_ o: Oracle) -> [Misconception<[[Float]]>] {
    let pushes = o.pushes
    func rows(_ row: (Int) -> [Float]) -> [[Float]] { pushes.indices.map(row) }
    let equals = o.negatives.map { one in
      o.negatives.indices.filter { o.negatives[$0] == one }
    }
    return [
      Misconception(downhill + "negatives.", gives: rows { times(-pushes[$0], o.center) }),
      Misconception(
        "You multiplied with the negatives themselves; their slopes have the center, v.",
        gives: rows { times(pushes[$0], o.negatives[$0]) }),
      Misconception(
        "Your negatives have the slope σ − 1, as if they came from the text; theirs is σ.",
        gives: rows { times(pushes[$0] - 1, o.center) }),
      Misconception(
        divided,
        gives: rows { times(pushes[$0] / Double(pushes.count), o.center) }),
      Misconception(
        "All negatives have the same slope in your answer, the sum; each feels its own score.",
        gives: rows { _ in times(pushes.reduce(0, +), o.center) }),
      Misconception(
        "Each of two equal negatives got the slope of both; each place has its own.",
        gives: rows { times(pushes[$0] * Double(equals[$0].count), o.center) }),
      Misconception(
        "The slopes of equal negatives stand at the first of their places, added; each place has "
          + "its own.",
        gives: rows {
          times(equals[$0][0] == $0 ? pushes[$0] * Double(equals[$0].count) : 0, o.center)
        }),
      Misconception(
        once + onceInSlopes,
        gives: rows { equals[$0][0] == $0 ? times(pushes[$0], o.center) : [] }
          .filter { !$0.isEmpty }),
      Misconception(
        once + onceInSlopes,
        gives: rows { times(equals[$0][0] == $0 ? pushes[$0] : 0, o.center) }),
      Misconception(
        skips + onceInSlopes,
        gives: rows { times(o.negatives[$0] == o.context ? 0 : pushes[$0], o.center) }),
    ]
  }
}
