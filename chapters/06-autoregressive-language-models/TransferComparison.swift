import Notebook

/// The results of fine-tuning, side by side.
struct TransferComparison {
  let results: [TransferResult]
  let labels: [Int]

  init(_ results: [TransferResult], labels: [Int]) {
    self.results = results
    self.labels = labels
  }

  /// The mean accuracy over all tasks, numbers of labels and seeds.
  func average(isPretrained: Bool, lambda: Float) -> Double {
    let all = results.filter { $0.isPretrained == isPretrained && $0.lambda == lambda }
      .flatMap(\.accuracies)
    return all.reduce(0, +) / Double(max(1, all.count))
  }

  /// The mean accuracy on one task, over the numbers of labels and seeds, without auxiliary loss.
  func average(of task: String, isPretrained: Bool) -> Double {
    let own = results.filter {
      $0.task == task && $0.isPretrained == isPretrained && $0.lambda == 0
    }
    .flatMap(\.accuracies)
    return own.reduce(0, +) / Double(max(1, own.count))
  }

  /// What the auxiliary loss gives the pre-trained network: accuracy with it less that without.
  ///
  /// Each pair has the same task, labels and seed. The uncertainty is two standard errors of the mean.
  var auxiliaryGain: (mean: Double, uncertainty: Double) {
    func accuracies(_ lambda: Float) -> [Double] {
      results.filter { $0.isPretrained && ($0.lambda > 0) == (lambda > 0) }.flatMap(\.accuracies)
    }
    let gains = zip(accuracies(0.5), accuracies(0)).map { $0 - $1 }
    let mean = gains.reduce(0, +) / Double(gains.count)
    let squares = gains.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    let error = (squares / Double(max(1, gains.count - 1)) / Double(gains.count)).squareRoot()
    return (mean, 2 * error)
  }

  /// A row for each task and way, a column for each number of labels.
  ///
  /// - Parameter majorities: for each task the share of its most frequent answer.
  /// - Returns: the table.
  func table(majorities: [Double]) -> Table {
    var rows: [[Table.Cell]] = []
    var tasks: [String] = []
    for result in results where !tasks.contains(result.task) { tasks.append(result.task) }
    for (task, majority) in zip(tasks, majorities) {
      rows.append(
        [.text(task), .text("most frequent answer")] + labels.map { _ in .number(majority) })
      var names: [String] = []
      for result in results where result.task == task && !names.contains(result.name) {
        names.append(result.name)
      }
      for name in names {
        let own = results.filter { $0.task == task && $0.name == name }
        rows.append(
          [.text(""), .text(name)]
            + labels.map { count in .mean(of: own.first { $0.labels == count }!.accuracies) })
      }
    }
    return Table(
      "Accuracy after fine-tuning",
      columns: [.text("task"), .text("start")]
        + labels.map { .number("\($0) labels", decimals: 2) },
      rows: rows)
  }
}
