import Notebook

extension PretextMatrix {
  /// The mean time of a pretext's training, in seconds.
  func seconds(_ pretext: Pretext) -> Double {
    meanAndDeviation(trained(pretext).map(\.seconds)).mean
  }

  /// What each row cost: pictures, seconds, labels.
  func costs(labels: Int) -> Table {
    Table(
      "One training",
      columns: [
        .text("pretext"), .number("pictures seen", decimals: 0), .number("seconds", decimals: 1),
        .number("labels", decimals: 0),
      ],
      rows: Pretext.allCases.map { pretext in
        let trained = trained(pretext)
        return [
          .text(pretext.rawValue), .number(trained[0].picturesSeen),
          .number(seconds(pretext)),
          .number(pretext == .supervised ? labels : 0),
        ]
      })
  }
}

extension FewLabels {
  /// For each start and task the number of labels from which on it was not worth it.
  var worth: Table {
    Table(
      "The fewest labels from which on the lead is gone",
      columns: [.text("start")] + FewLabels.tasks.map { .number($0.rawValue) },
      rows: FewLabels.starts.map { start in
        [.text(start.rawValue)]
          + FewLabels.tasks.map { task in
            gone(notWorthIt(task, start))
          }
      })
  }

  private func gone(_ labels: Int?) -> Table.Cell {
    guard let labels else { return .text("more than \(counts.last ?? 0)") }
    return labels == counts.first ? .text("never a clear lead") : .number(labels)
  }
}
