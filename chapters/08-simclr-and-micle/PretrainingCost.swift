import Notebook

extension PretrainingTrace {
  /// The share of the time that went into making the views.
  var shareForViews: Double { secondsForViews / max(seconds, 1e-9) }

  /// What the training cost, and whether making the views keeps up with it.
  var cost: Table {
    Table(
      "One pre-training",
      columns: [.text(""), .number("", decimals: 0)],
      rows: [
        ["seconds", .number(seconds)], ["views seen", .number(views)],
        ["views made in a second", .number(Double(views) / max(secondsForViews, 1e-9))],
        [
          "views that training can take in a second",
          .number(Double(views) / max(seconds - secondsForViews, 1e-9)),
        ],
      ])
  }
}
