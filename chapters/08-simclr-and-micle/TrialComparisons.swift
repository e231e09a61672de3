import CourseData
import Notebook

/// SimCLR's trials of recipes that differ in one thing, each over all sets.
extension Comparison where Trial == chapter8.Trial {
  /// The same recipe at several temperatures.
  ///
  /// - Throws: `ContrastiveError`.
  static func temperatures(
    _ temperatures: [Float], _ recipe: Recipe, over sets: [PictureSet]
  ) throws -> Comparison {
    try Comparison(
      temperatures.map { temperature in
        ("\(temperature)", recipe.with { $0.plan.temperature = temperature })
      }, over: sets, trial: simCLRTrial)
  }

  /// The same recipe with every kind of head.
  ///
  /// - Throws: `ContrastiveError`.
  static func heads(_ recipe: Recipe, over sets: [PictureSet]) throws -> Comparison {
    try Comparison(
      ProjectionKind.allCases.map { kind in (kind.rawValue, recipe.with { $0.head = kind }) },
      over: sets, trial: simCLRTrial)
  }

  /// The same number of views in batches of several sizes; the largest again with LARS.
  ///
  /// - Throws: `ContrastiveError`.
  static func batches(
    _ sizes: [Int], _ recipe: Recipe, over sets: [PictureSet]
  ) throws -> Comparison {
    let largest = sizes[sizes.count - 1]
    let lars = recipe.with {
      $0.plan.fit(batch: largest)
      $0.plan.method = .lars
      $0.plan.learningRate = 4
    }
    return try Comparison(
      sizes.map { size in ("\(size), Adam", recipe.with { $0.plan.fit(batch: size) }) }
        + [("\(largest), LARS", lars)], over: sets, trial: simCLRTrial)
  }

  /// How well each temperature finds partners, and what its h is worth.
  var temperatureTable: Table {
    table(
      "Four temperatures", "τ",
      [("contrastive accuracy", 2, { $0.trace.finalAccuracy }), ("probe", 2, { $0.probe })])
  }

  /// What h and g(h) are worth with each head.
  var headTable: Table {
    table(
      "Three heads", "head",
      [("probe on h", 2, { $0.probe }), ("on g(h)", 2, { $0.projectedProbe })])
  }

  /// How many steps batches of each size make, and what h is worth then.
  var batchTable: Table {
    table(
      "The same number of views in batches of other sizes", "pairs",
      [("steps", 0, { Double($0.trace.losses.count) }), ("probe", 2, { $0.probe })])
  }
}
