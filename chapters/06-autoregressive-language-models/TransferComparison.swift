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
