/// How much better one thing did than another in the same runs.
///
/// Runs with one seed share their data and their first weights, so that their results rise and fall
/// together. Differences run by run are known better than the two means are.
public struct PairedDifference: Sendable {
  /// The mean of the differences.
  public let mean: Double
  /// Their sample standard deviation (n − 1); 0 for one run.
  public let deviation: Double
  /// The number of runs.
  public let runs: Int

  /// Compares two measures of the same runs.
  ///
  /// - Parameters:
  ///   - values: one result for each run.
  ///   - others: what they are compared with, in the same order; as many, and at least one.
  public init(_ values: [Double], minus others: [Double]) {
    precondition(
      values.count == others.count && !values.isEmpty,
      "a paired difference of \(values.count) and \(others.count) runs")
    (mean, deviation) = meanAndDeviation(zip(values, others).map { $0 - $1 })
    runs = values.count
  }

  /// How large the mean has to be before chance is an unlikely reason for it.
  ///
  /// Two standard errors of the mean over the runs. One run says nothing of its own chance; for it two
  /// standard errors of a difference between two shares near 0.8 of 1,000 test examples each stand in:
  /// 2 √(2 · 0.8 · 0.2 / 1000) = 0.036.
  public var margin: Double {
    runs > 1 ? 2 * deviation / Double(runs).squareRoot() : 0.036
  }

  /// Whether the first did better by more than the margin.
  public var isClear: Bool { mean > margin }

  /// Whether neither did better by more than the margin.
  public var isWithinChance: Bool { abs(mean) <= margin }

  /// The difference in percentage points with the deviation, such as “+3.0 ±1.2 points”.
  public var points: String {
    let sign = mean < 0 ? "−" : "+"
    let spread = runs > 1 ? " ±\(NumberStyle.decimals(1).text(100 * deviation))" : ""
    return sign + NumberStyle.decimals(1).text(100 * abs(mean)) + spread + " points"
  }
}

extension Page {
  /// States a claim that some things do better than others, each by more than chance.
  ///
  /// - Parameters:
  ///   - id: a short name for messages.
  ///   - sentence: what is claimed.
  ///   - paper: what the paper reports, with its source.
  ///   - here: what this run measured.
  ///   - leads: what has to be clear. Where one is within chance, and none clearly lost, that is the
  ///     reason given.
  ///   - whyNot: the reason where the others clearly do better, or where there is no lead at all;
  ///     without it `--check` fails there.
  ///   - file: the program's file.
  ///   - line: its line.
  public func claim(
    _ id: String, _ sentence: String, paper: String, here: String, leads: [PairedDifference],
    whyNot: String? = nil, file: String = #filePath, line: Int = #line
  ) {
    let outcome = PairedDifference.outcome(of: leads, whyNot: whyNot)
    claim(
      id, sentence, paper: paper, here: here, holds: outcome.holds, whyNot: outcome.whyNot,
      file: file, line: line)
  }
}

extension PairedDifference {
  /// Whether all leads are clear, and the reason where they are not.
  static func outcome(of leads: [PairedDifference], whyNot: String?) -> (
    holds: Bool, whyNot: String?
  ) {
    let isLost = leads.isEmpty || leads.contains { !$0.isClear && !$0.isWithinChance }
    let undecided = leads.filter(\.isWithinChance).map(\.points).joined(separator: " and ")
    return (
      !leads.isEmpty && leads.allSatisfy(\.isClear),
      isLost ? whyNot : "too close to tell, \(undecided)"
    )
  }
}
