import Notebook

/// How well one teacher does with how many labels: one row of test accuracies for each seed.
struct LabelEfficiency {
  /// What the teacher is called in figures.
  let name: String
  /// The numbers of labels.
  let counts: [Int]
  /// `runs[seed][count]`, in the order of `counts`.
  var runs: [[Double]] = []
  /// The time that one experiment took on average, in seconds.
  private(set) var seconds = 0.0

  /// A teacher without results yet.
  init(_ name: String, counts: [Int]) {
    self.name = name
    self.counts = counts
  }

  /// Runs an experiment once for every set and number of labels.
  init(
    _ name: String, counts: [Int], sets: [PictureSet],
    experiment: (_ set: PictureSet, _ labels: Int) -> Double
  ) {
    self.init(name, counts: counts)
    let start = ContinuousClock.now
    runs = sets.map { set in counts.map { experiment(set, $0) } }
    seconds = start.duration(to: .now) / .seconds(sets.count * counts.count)
  }

  /// The accuracies of all seeds with `count` labels.
  func at(_ count: Int) -> [Double] { runs.map { $0[counts.firstIndex(of: count)!] } }

  /// The mean accuracy over the seeds with `count` labels.
  func mean(_ count: Int) -> Double { meanAndDeviation(at(count)).mean }

  /// The line of this teacher in a plot.
  var series: Series { Series(name, x: counts, runs: runs) }

  /// A table with a row for each number of labels and a column for each teacher.
  static func table(_ title: String, _ teachers: [LabelEfficiency]) -> Table {
    let counts = teachers.first?.counts ?? []
    return Table(
      title,
      columns: [.number("labels", decimals: 0)]
        + teachers.map { .number($0.name, decimals: 2) },
      rows: counts.map { count in
        [.number(count)] + teachers.map { .mean(of: $0.at(count)) }
      })
  }
}
