/// What one learner reaches with how many labels, in every repetition of an experiment.
///
/// ```swift
/// let counts = [10, 100, 1000]
/// let probe = LearningCurve("probe", at: counts, over: sets) { set, labels in
///   features(of: set).probed(set, labels: labels)
/// }
/// probe.mean(100)
/// page.show(LearningCurve.table("Test accuracy", [probe, scratch]))
/// ```
public struct LearningCurve: Sendable {
  /// What the learner is called in figures.
  public let name: String
  /// The numbers of labels, or their shares.
  public let labels: [Double]
  /// The results, `runs[repetition][number of labels]`.
  public private(set) var runs: [[Double]] = []
  /// The time that one experiment took on average, in seconds; 0 where they were run elsewhere.
  public private(set) var seconds = 0.0

  /// Takes results that are there, `runs[repetition][number of labels]`.
  public init(
    _ name: String, at labels: [some FigureNumber], runs: [[Double]],
    file: StaticString = #file, line: UInt = #line
  ) {
    if let wrong = runs.first(where: { $0.count != labels.count }) {
      fatalError(
        "the learning curve “\(name)” has \(labels.count) numbers of labels and a run of "
          + "\(wrong.count)", file: file, line: line)
    }
    self.name = name
    self.labels = labels.map(\.figureValue)
    self.runs = runs
  }

  /// Runs an experiment once for every repetition and number of labels.
  ///
  /// - Parameters:
  ///   - name: what the learner is called.
  ///   - labels: the numbers of labels.
  ///   - repetitions: the seeds, or sets of pictures that come from them.
  ///   - experiment: its result for one repetition and number.
  public init<Repetition, Count: FigureNumber>(
    _ name: String, at labels: [Count], over repetitions: [Repetition],
    experiment: (_ repetition: Repetition, _ labels: Count) throws -> Double
  ) rethrows {
    let start = ContinuousClock.now
    let runs = try repetitions.map { repetition in
      try labels.map { try experiment(repetition, $0) }
    }
    self.init(name, at: labels, runs: runs)
    seconds = start.duration(to: .now) / .seconds(max(1, repetitions.count * labels.count))
  }

  /// The results of all repetitions with a number of labels.
  public func at(_ count: some FigureNumber) -> [Double] {
    guard let place = labels.firstIndex(of: count.figureValue) else {
      fatalError("the learning curve “\(name)” has no \(count) among its labels \(labels)")
    }
    return runs.map { $0[place] }
  }

  /// The mean over the repetitions with a number of labels.
  public func mean(_ count: some FigureNumber) -> Double { meanAndDeviation(at(count)).mean }

  /// How much better it does than another learner with a number of labels, repetition by repetition.
  public func lead(over other: LearningCurve, at count: some FigureNumber) -> PairedDifference {
    PairedDifference(at(count), minus: other.at(count))
  }

  /// The line of this learner in a plot, with its deviation over the repetitions.
  public var series: Series { Series(name, x: labels, runs: runs) }

  /// A table with a row for each number of labels and a column for each learner.
  ///
  /// A number that only some learners were tried with leaves a gap in the others' columns.
  public static func table(_ title: String, _ curves: [LearningCurve]) -> Table {
    let labels = Set(curves.flatMap(\.labels)).sorted()
    return Table(
      title,
      columns: [.number("labels", decimals: 0)] + curves.map { .number($0.name, decimals: 2) },
      rows: labels.map { count in
        [.number(count)]
          + curves.map { $0.labels.contains(count) ? .mean(of: $0.at(count)) : .empty }
      })
  }

  /// The ladder: a row for each learner and a column for each number or share of labels.
  ///
  /// - Parameters:
  ///   - title: the table's title.
  ///   - learner: the heading of the learners' names.
  ///   - columns: the headings of the numbers of labels, in their order.
  ///   - chance: what guessing reaches, the first row; nil for none.
  ///   - curves: the other rows.
  /// - Returns: the table.
  public static func ladder(
    _ title: String, _ learner: String = "", columns: [String], chance: Double? = nil,
    _ curves: [LearningCurve]
  ) -> Table {
    let guessing: [[Table.Cell]] =
      chance.map { chance in
        [[.text("chance")] + columns.map { _ in .number(chance) }]
      } ?? []
    return Table(
      title,
      columns: [.text(learner)] + columns.map { .number($0, decimals: 2) },
      rows: guessing + curves.map(\.row))
  }

  /// The name and, for each number of labels, the mean over the repetitions with its deviation.
  private var row: [Table.Cell] { [.text(name)] + labels.map { .mean(of: at($0)) } }
}
