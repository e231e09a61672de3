import Foundation
import TensorCore

extension Chapter1 {
  static let pseudoLabels = Exercise<Chapter1Functions>(
    "1.4", "Pseudo-labels", file: "PseudoLabels.swift", kind: .heart, minutes: 40, difficulty: 2,
    section: "Semi-supervised learning",
    hints: [
      """
      Both terms are the same mean cross-entropy, once with labels that were given and once with \
      labels that you take from the logits. Write it once, with its gradient, and use it twice.
      """,
      """
      CE(z, k) = log Σⱼ exp(zⱼ) − zₖ, and ∂CE/∂z = softmax(z) − onehot(k). Each row of a mean over M \
      rows has 1/M of that; the unlabelled rows have weight/M. Subtract max(z) from all logits first: \
      nothing changes but the overflow.
      """,
      """
      meanCrossEntropy(rows, labels): for each row: m = max; p = exp(row − m); total = Σp; \
      loss += log total + m − row[label]; gradient row = p/total, minus 1 at the label; all divided by \
      the number of rows.
      pseudo-label = the first index of the row's maximum.
      Loss: known + weight · guessed. Gradients: known's as it is, guessed's times weight.
      """,
    ],
    parts: [
      Part("the weight's ramp", points: 1, checkRamp),
      Part("the loss", points: 2, checkPseudoLoss),
      Part("the gradient", points: 3, checkPseudoGradient),
    ])

  private static func checkRamp(_ functions: Chapter1Functions) throws {
    func check(_ step: Int, _ start: Int, _ end: Int, _ final: Float) throws {
      let input = "step \(step), rampStart \(start), rampEnd \(end), finalWeight \(text(final))"
      let got = try answer(on: input) { try functions.unlabelledWeight(step, start, end, final) }
      // The ramp as the middle of three numbers: 0, the straight line, the final weight.
      let line =
        start == end
        ? (step < start ? -1 : 2) : Double(step - start) / Double(end - start)
      let expected = final * Float(min(max(line, 0), 1))
      let early = (Float(step) - Float(start)) / (Float(end) - Float(start))
      // One multiplication and one division in Float, or a difference from the final weight.
      try expectClose(
        got, expected, tolerance: 1e-6, least: .all(final), "The weight is not on the ramp.",
        on: input,
        misconceptions: [
          Misconception(
            step > end
              ? "Your ramp goes on after its end; the weight stays at finalWeight."
              : "Your ramp has begun before rampStart and is below 0 there; it must be 0.",
            gives: final * Float(line)),
          Misconception(
            "You divided whole numbers: 1 / 500 is 0 among them. Make them Float before you divide.",
            gives: final * Float(Int(line))),
          Misconception(
            "Your ramp begins at step 0; it begins at rampStart.",
            gives: final * Float(min(1, Double(step) / Double(max(1, end))))),
          Misconception(
            "There is no ramp: with the full weight from the start, the first wrong guesses confirm"
              + " themselves.", gives: final),
          Misconception(
            "You gave the share of the ramp that is done; multiply it by finalWeight.",
            gives: Float(min(max(line, 0), 1))),
          Misconception(
            "You made step and rampStart Floats before you subtracted them: above 2²⁴ a Float leaves out"
              + " whole numbers.",
            gives: step < start ? 0 : step >= end ? final : final * early),
        ])
    }
    for step in [350, 50, 0, 99, 100, 101, 350, 599, 600, 601, 900] { try check(step, 100, 600, 3) }
    for step in [9, 10, 11] { try check(step, 10, 10, 0.5) }
    for step in [0, 1, 2, 3] { try check(step, 0, 2, 1) }
    for step in [6, 7, 20, 46, 47, 48] { try check(step, 7, 47, 0.25) }
    try unfriendly(.sizes) {
      for step in 2...11 { try check(step, 3, 10, 0.7) }
      for step in [1_000_000, 1_333_333, 3_999_999] { try check(step, 1_000_000, 4_000_000, 300) }
    }
    try unfriendly(.scale) {
      for start in [1 << 30, 1 << 50] {
        for step in -1...5 { try check(start + step, start, start + 4, 3) }
      }
      for step in [0, 1, 1 << 39, 1 << 40] { try check(step, 0, 1 << 40, 1e-6) }
    }
    try unfriendly(.edges) {
      // Steps may be counted from anywhere.
      for step in [-20, -10, -9, 0, 1, 9, 10, 11] { try check(step, -10, 10, 3) }
      for step in [-31, -25, -20, 0] { try check(step, -30, -20, 3) }
    }
  }

  // MARK: The oracle, in Double

  private static func crossEntropy(_ row: [Double], _ label: Int) -> Double {
    let top = row.max()!
    return log(row.reduce(0) { $0 + exp($1 - top) }) + top - row[label]
  }

  private static func mean(_ rows: [[Double]], _ labels: [Int]) -> Double {
    rows.isEmpty
      ? 0
      : zip(rows, labels).reduce(0) { $0 + crossEntropy($1.0, $1.1) } / Double(rows.count)
  }

  /// The first place of the largest number.
  private static func decided(_ rows: [[Float]]) -> [Int] {
    rows.map { row in row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 } }
  }

  /// The gradient of the mean cross-entropy with fixed labels, by central differences.
  ///
  /// In Double with a step of 10⁻⁴ the error is some 10⁻⁸, far below what `Float` shows.
  private static func slopes(_ rows: [[Float]], _ labels: [Int]) -> [[Float]] {
    zip(rows, labels).map { row, label in
      let exact = row.map(Double.init)
      return exact.indices.map { column in
        var up = exact
        var down = exact
        up[column] += 1e-4
        down[column] -= 1e-4
        // Of the mean over the rows, this one's term alone moves.
        let moved = (crossEntropy(up, label) - crossEntropy(down, label)) / 2e-4
        return Float(moved / Double(rows.count))
      }
    }
  }

  private struct Batch {
    var labelled: [[Float]]
    var labels: [Int]
    var unlabelled: [[Float]]
    var weight: Float

    var text: String {
      "labelledLogits \(Checkers.text(labelled)), labels \(Checkers.text(labels)), unlabelledLogits"
        + " \(Checkers.text(unlabelled)), weight \(Checkers.text(weight))"
    }

    init(_ labelled: [[Float]], _ labels: [Int], _ unlabelled: [[Float]], _ weight: Float) {
      (self.labelled, self.labels) = (labelled, labels)
      (self.unlabelled, self.weight) = (unlabelled, weight)
    }

    init(size: Int, _ random: inout Random) {
      let classes = 2 + size / 3
      labelled = (0..<1 + size / 2).map { _ in (0..<classes).map { _ in 2 * random.normal() } }
      labels = labelled.map { _ in random.integer(below: classes) }
      unlabelled = (0..<size).map { _ in (0..<classes).map { _ in 2 * random.normal() } }
      weight = random.uniform(0.1..<3)
    }
  }

  // The first batch tells the wrong ideas apart: a sure and an unsure row, unequal numbers of rows.
  private static let batches = [
    Batch([[1, 0]], [1], [[5, 0], [1, 0]], 0.8), Batch([[0, 0]], [1], [[2, 0]], 0.5),
    Batch([[1, -1]], [0], [], 2),
    Batch([], [], [[0.5, 1]], 3), Batch([[0, 1, 2], [1, 0, 0]], [2, 1], [[3, 1, 0]], 0),
    Batch([[0, 3]], [0], [[1, 1], [0, 2]], 1), Batch([], [], [], 2),
  ]

  private static let largeBatches = [
    Batch([[1000, 0]], [0], [[0, 1000, 990]], 1), Batch([[-1000, 0]], [0], [[-5, -1000]], 0.5),
    // No logit is above 0, and every power of theirs is 0.
    Batch([[-1000, -1001]], [1], [[-1000, -999, -1002]], 0.5),
  ]

  private static func checkPseudoLoss(_ functions: Chapter1Functions) throws {
    func check(_ batch: Batch) throws {
      let got = try answer(on: batch.text) {
        try functions.pseudoLabelLoss(batch.labelled, batch.labels, batch.unlabelled, batch.weight)
      }.loss
      let exact = batch.unlabelled.map { $0.map(Double.init) }
      let targets = decided(batch.unlabelled)
      let known = mean(batch.labelled.map { $0.map(Double.init) }, batch.labels)
      let guessed = mean(exact, targets)
      let weight = Double(batch.weight)
      let sure = exact.indices.filter { exp(-crossEntropy(exact[$0], targets[$0])) >= 0.95 }
      let sureSum = sure.reduce(0) { $0 + crossEntropy(exact[$1], targets[$1]) }
      let soft = exact.map { row in
        row.indices.reduce(0) { sum, label in
          let loss = crossEntropy(row, label)
          return sum + exp(-loss) * loss
        }
      }
      let rows = Double(exact.count)
      let all = Double(batch.labelled.count) + rows
      let knownSum = known * Double(batch.labelled.count)
      // A mean of Float logarithms, each of which keeps the rounding of the row's largest logit, some 1e-7 of
      // it, and of 1.
      let largest = (batch.labelled + batch.unlabelled).map { abs($0.max()!) }.max() ?? 0
      try expectClose(
        got, Float(known + weight * guessed), tolerance: 1e-5,
        least: .all(0.04 * max(1, largest) * max(1, batch.weight)), "The loss is not right.",
        on: batch.text,
        misconceptions: [
          Misconception(
            "The unlabelled term has no weight in your loss.", gives: Float(known + guessed)),
          Misconception("Your loss leaves the unlabelled term out.", gives: Float(known)),
          Misconception(
            "You left out the rows that the network is unsure about. That is FixMatch (2020); here"
              + " every unlabelled row counts.",
            gives: Float(known + (rows > 0 ? weight * sureSum / rows : 0))),
          Misconception(
            "You used the softmax itself as the target (soft labels); here the most likely class"
              + " counts as the truth.",
            gives: Float(known + (rows > 0 ? weight * soft.reduce(0, +) / rows : 0))),
          Misconception(
            "You added the rows' losses; each of the two terms is a mean over its rows.",
            gives: Float(knownSum + weight * guessed * rows)),
          Misconception(
            "You divided by the number of all rows; each term is a mean over its own rows.",
            gives: Float((knownSum + weight * guessed * rows) / max(1, all))),
        ]
          + smallNumbers.map { small in
            func softened(_ rows: [[Float]], _ labels: [Int]) -> Double {
              let losses = zip(rows, labels).map { row, label in
                -log(exp(-crossEntropy(row.map(Double.init), label)) + Double(small))
              }
              return losses.reduce(0, +) / Double(max(1, rows.count))
            }
            return Misconception(
              epsilonInLog,
              gives: Float(
                softened(batch.labelled, batch.labels)
                  + weight * softened(batch.unlabelled, targets)))
          })
    }
    for batch in batches { try check(batch) }
    try unfriendly(.stability) { for batch in largeBatches { try check(batch) } }
    try randomCases(12, seed: 41) { random, size in try check(Batch(size: size, &random)) }
    try meetFamilies(check)
  }

  /// Rows of any width and number, with equal and nearly equal logits, and with large ones anywhere.
  private static func meetFamilies(_ check: (Batch) throws -> Void) throws {
    try unfriendlyTables(.nearTies, .sizes, .stability, .equalRows, seed: 43) { table, random in
      let labels = table.map { random.integer(below: $0.count) }
      try check(Batch(table, labels, Array(table.reversed()), 0.5))
      try check(Batch(Array(table.dropLast(3)), Array(labels.dropLast(3)), table, 2))
      // Sure of all that they guess, they have next to no loss.
      try check(Batch([], [], table, 1))
    }
  }

  private static func checkPseudoGradient(_ functions: Chapter1Functions) throws {
    func check(_ batch: Batch) throws {
      let got = try answer(on: batch.text) {
        try functions.pseudoLabelLoss(batch.labelled, batch.labels, batch.unlabelled, batch.weight)
      }
      let known = slopes(batch.labelled, batch.labels)
      func scaled(_ rows: [[Float]], _ factor: Float) -> [[Float]] {
        rows.map { $0.map { factor * $0 } }
      }
      // Differences between numbers of size 1 over the number of rows, a handful of Float roundings.
      let size = 1 / Float(max(1, known.count))
      try expectClose(
        got.labelledGradient, known, tolerance: shareTolerance(batch.labelled.joined()),
        least: .all(size), "The labelled gradient is not right.",
        on: batch.text,
        misconceptions: [
          Misconception(
            "This is the gradient of the sum over the labelled rows; the loss takes their mean.",
            gives: scaled(known, Float(batch.labelled.count))),
          Misconception(
            "The labelled gradient has the wrong sign: it must point uphill, softmax − onehot.",
            gives: scaled(known, -1)),
          Misconception(
            "The weight belongs to the unlabelled rows alone.", gives: scaled(known, batch.weight)),
          Misconception(
            "This is the softmax alone; 1 is to be subtracted at the label.",
            gives: zip(known, batch.labels).map { row, label in
              row.indices.map { row[$0] + ($0 == label ? 1 / Float(known.count) : 0) }
            }),
        ])
      let targets = decided(batch.unlabelled)
      let guessed = slopes(batch.unlabelled, targets)
      let expected = scaled(guessed, batch.weight)
      let ties = batch.unlabelled.map { row in row.lastIndex(of: row.max()!)! }
      try expectClose(
        got.unlabelledGradient, expected, tolerance: shareTolerance(batch.unlabelled.joined()),
        least: .all(max(0.1, batch.weight) / Float(max(1, guessed.count))),
        "The unlabelled gradient is not weight/rows · (softmax − onehot(pseudo-label)).",
        on: batch.text,
        misconceptions: [
          Misconception("The unlabelled gradient lacks the weight.", gives: guessed),
          Misconception(
            "The unlabelled gradient is 0, as if the softmax itself were the target. The target is"
              + " the pseudo-label: 1 at the most likely class, 0 elsewhere.",
            gives: scaled(guessed, 0)),
          Misconception(
            "This is the gradient of the sum over the unlabelled rows; the loss takes their mean.",
            gives: scaled(expected, Float(batch.unlabelled.count))),
          Misconception(
            "Two logits are equal here: the pseudo-label is the lower index, you took the higher.",
            gives: scaled(slopes(batch.unlabelled, ties), batch.weight)),
          Misconception(
            "You let the gradient pass through the target. A pseudo-label is decided, then fixed.",
            gives: scaled(entropySlopes(batch.unlabelled), batch.weight)),
        ])
    }
    for batch in batches { try check(batch) }
    try unfriendly(.stability) { for batch in largeBatches { try check(batch) } }
    try randomCases(10, seed: 42) { random, size in try check(Batch(size: size, &random)) }
    try meetFamilies(check)
  }

  /// The gradient of the mean entropy of softmax(row): what comes out when the target is not fixed.
  private static func entropySlopes(_ rows: [[Float]]) -> [[Float]] {
    rows.map { row in
      let losses = row.indices.map { crossEntropy(row.map(Double.init), $0) }
      let entropy = losses.reduce(0) { $0 + exp(-$1) * $1 }
      return losses.map { Float(exp(-$0) * ($0 - entropy) / Double(rows.count)) }
    }
  }
}
