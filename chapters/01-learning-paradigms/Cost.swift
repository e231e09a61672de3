import Notebook

/// What one training with 1,000 labels costs a teacher.
struct Cost {
  let teacher: String
  let updates: Int
  /// How many pictures the network looks at in an update.
  let batch: Int
  let seconds: Double

  /// A row for each teacher.
  static func table(_ costs: [Cost]) -> Table {
    Table(
      "One training with 1,000 labels",
      columns: [
        .text("teacher"), .number("updates", decimals: 0), .number("pictures seen", decimals: 0),
        .number("seconds", decimals: 1),
      ],
      rows: costs.map {
        [
          .text($0.teacher), .number($0.updates), .number($0.batch * $0.updates),
          .number($0.seconds),
        ]
      })
  }
}
