/// What wrong ideas make of a window that predicts its middle.
enum WindowIdeas {
  typealias Oracle = NegativeSamplingOracle

  static let downhill = "Downhill: this is minus the gradient in the "
  static let undivided =
    "The slope of the mean goes to each word undivided in your answer, as in word2vec's own program; a "
    + "word has a share of 1/C in the mean, and gets 1/C of its slope."

  static let ofSum = "You took the sum of the window's vectors; here it is their mean."

  /// The sum of rows over a divisor.
  static func mean(_ rows: [[Double]], over count: Double? = nil) -> [Double] {
    (rows.first ?? []).indices.map { axis in
      rows.map { $0[axis] }.reduce(0, +) / (count ?? Double(rows.count))
    }
  }

  static func pair(_ h: [Double], _ u: [Float], _ negatives: [[Float]]) -> Oracle {
    Oracle(h.map { Float($0) }, u, negatives)
  }

  static func distinct<Row: Equatable>(_ rows: [Row]) -> [Row] {
    rows.enumerated().filter { rows.firstIndex(of: $1) == $0 }.map(\.element)
  }

  static func window(
    _ rows: [[Double]], _ u: [Float], _ negatives: [[Float]], _ expected: [[Float]]
  ) -> [Misconception<[[Float]]>] {
    let count = Float(rows.count)
    func times(_ factor: Float) -> [[Float]] { expected.map { $0.map { $0 * factor } } }
    func own(_ factor: Float) -> [[Float]] {
      rows.map { row in pair(row, u, negatives).centerSlope.map { $0 * factor } }
    }
    let sums = pair(mean(rows, over: 1), u, negatives).centerSlope
    let firsts = rows.indices.map { rows.firstIndex(of: rows[$0]) == $0 }
    let equal = rows.map { row in Float(rows.count { $0 == row }) }
    return [
      Misconception(undivided, gives: times(count)),
      Misconception("You divided by the number of words twice.", gives: times(1 / count)),
      Misconception(downhill + "window.", gives: times(-1)),
      Misconception("Downhill, and undivided: minus the slope of the mean.", gives: times(-count)),
      Misconception(
        "Each word of the window has the slope of its own pair, as in skip-gram; here the mean "
          + "predicts, and all words get the same.", gives: own(1 / count)),
      Misconception(
        "Each word of the window has the slope of its own pair, as in skip-gram; here the mean "
          + "predicts, and all words get the same.", gives: own(1)),
      Misconception(ofSum, gives: rows.map { _ in sums }),
      Misconception(ofSum, gives: rows.map { _ in sums.map { $0 / count } }),
      Misconception(
        "Only the first word of the window gets a slope in your answer.",
        gives: rows.indices.map { $0 == 0 ? expected[0] : expected[0].map { _ in 0 } }),
      Misconception(
        "Each of two equal rows got the slope of both; here each place has its own.",
        gives: rows.indices.map { place in expected[place].map { $0 * equal[place] } }),
      Misconception(
        "Of two equal rows one alone got a slope; each place has its own.",
        gives: rows.indices.map { place in expected[place].map { firsts[place] ? $0 : 0 } }),
      Misconception(
        "Of two equal rows one alone got a slope; each place has its own.",
        gives: rows.indices.filter { firsts[$0] }.map { expected[$0] }),
      Misconception(
        "You gave one slope for the whole window; each of its rows gets one.", gives: [expected[0]]),
      Misconception(
        "You gave one slope for the whole window, that of the mean; each of its rows gets 1/C of it.",
        gives: [expected[0].map { $0 * count }]),
    ]
  }

  /// What wrong ideas give for the loss of a window with words.
  static func loss(
    _ rows: [[Double]], _ u: [Float], _ negatives: [[Float]]
  ) -> [Misconception<Float>] {
    func loss(_ h: [Double], _ change: (inout Oracle) -> Void = { _ in }) -> Float {
      var oracle = pair(h, u, negatives)
      change(&oracle)
      return Float(oracle.loss)
    }
    let h = mean(rows)
    let expected = loss(h)
    let singles = rows.map { pair($0, u, negatives).loss }
    let softplus = Oracle.softplus
    return [
      Misconception(ofSum, gives: loss(mean(rows, over: 1))),
      Misconception(
        "You took the mean of the words' own losses, as in skip-gram; here the mean of their vectors "
          + "predicts.", gives: Float(singles.reduce(0, +) / Double(singles.count))),
      Misconception(
        "You added the words' own losses, as in skip-gram; here the mean of their vectors predicts.",
        gives: Float(singles.reduce(0, +))),
      Misconception(
        "Equal rows of the window count once in your answer; a word that stands there twice counts "
          + "twice.", gives: loss(mean(distinct(rows)))),
      Misconception(
        "You counted the center among the window's words; it is what they predict.",
        gives: loss(mean(rows + [u.map(Double.init)]))),
      Misconception(
        "You divided by one word too many.", gives: loss(mean(rows, over: Double(rows.count + 1)))
      ),
      Misconception(
        "Only the first word of the window predicts in your answer.", gives: loss(rows[0])),
      Misconception(
        "Your negatives are to score high; they are to score low: σ(−h · n), with a minus.",
        gives: loss(h) { $0.noise = $0.data }),
      Misconception(
        "The pair is to score high and each negative low; yours the other way round.",
        gives: loss(h) { ($0.data, $0.noise) = ($0.noise, $0.data) }),
      Misconception(
        "You took the mean over the negatives; the loss has their sum.",
        gives: loss(h) { $0.noiseWeight = { 1 / Double($1) } }),
      Misconception(
        "The negatives are missing from your loss.", gives: loss(h) { $0.noise = { _ in 0 } }),
      Misconception(
        "Two equal negatives count once in your answer; a word drawn twice counts twice.",
        gives: loss(h) { oracle in
          oracle.negatives = distinct(oracle.negatives)
        }),
      Misconception("This is uphill: the loss is −log σ.", gives: -expected),
      Misconception(
        "This is a logarithm to another base; the loss has the natural one.",
        gives: expected / Float(softplus(0))),
    ] + SkipGramIdeas.cut(pair(h, u, negatives))
  }
}
