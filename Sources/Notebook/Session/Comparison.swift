/// Recipes that differ in one thing, each tried in every repetition of an experiment.
///
/// A recipe is whatever the chapter compares: a temperature, a head, a pretext task. A repetition is a
/// seed with its data. What a trial gives back is the chapter's own; measures turn it into numbers.
///
/// ```swift
/// let heads = Comparison([("linear", .linear), ("none", .none)], over: sets) { name, head, set in
///   Trial(head, set)
/// }
/// page.show(heads.table("Two heads", "head", [("probe", 2, { $0.probe })]))
/// heads.lead(of: "linear", over: "none") { $0.probe }.isClear
/// ```
public struct Comparison<Trial> {
  /// What the recipes are called, each differently.
  public let names: [String]
  /// `trials[recipe][repetition]`.
  public let trials: [[Trial]]

  /// Takes trials that are there, `[recipe][repetition]`.
  public init(
    names: [String], trials: [[Trial]], file: StaticString = #file, line: UInt = #line
  ) {
    if names.count != trials.count || Set(names).count != names.count || names.isEmpty {
      fatalError(
        "a comparison of \(trials.count) recipes has the names \(names): each needs its own",
        file: file, line: line)
    }
    let repetitions = trials[0].count
    if let wrong = trials.first(where: { $0.count != repetitions || $0.isEmpty }) {
      fatalError(
        "a comparison has recipes of \(repetitions) and of \(wrong.count) repetitions: it needs as "
          + "many of each, and at least one", file: file, line: line)
    }
    self.names = names
    self.trials = trials
  }

  /// Makes one trial for each recipe and repetition, all repetitions of a recipe before the next.
  ///
  /// - Parameters:
  ///   - recipes: what differs, each with its name.
  ///   - repetitions: the seeds, or sets of pictures that come from them.
  ///   - file: the caller's file, for messages.
  ///   - line: the caller's line.
  ///   - trial: one trial; what it throws ends the comparison.
  public init<Recipe, Repetition>(
    _ recipes: [(name: String, recipe: Recipe)], over repetitions: [Repetition],
    file: StaticString = #file, line: UInt = #line,
    trial: (_ name: String, _ recipe: Recipe, _ repetition: Repetition) throws -> Trial
  ) rethrows {
    self.init(
      names: recipes.map(\.name),
      trials: try recipes.map { name, recipe in
        try repetitions.map { try trial(name, recipe, $0) }
      }, file: file, line: line)
  }

  /// A measure of one recipe in all repetitions.
  public func values(of name: String, _ measure: (Trial) -> Double) -> [Double] {
    trials[place(of: name)].map(measure)
  }

  /// A measure's mean over the repetitions, for each recipe.
  public func means(_ measure: (Trial) -> Double) -> [Double] {
    trials.map { meanAndDeviation($0.map(measure)).mean }
  }

  /// A measure's mean over the repetitions of one recipe.
  public func mean(of name: String, _ measure: (Trial) -> Double) -> Double {
    meanAndDeviation(values(of: name, measure)).mean
  }

  /// How much higher a measure is with one recipe than with another, repetition by repetition.
  public func lead(
    of first: String, over second: String, _ measure: (Trial) -> Double
  ) -> PairedDifference {
    PairedDifference(values(of: first, measure), minus: values(of: second, measure))
  }

  /// The name of the recipe for which a measure is highest.
  public func best(_ measure: (Trial) -> Double) -> String {
    let means = means(measure)
    return names[means.indices.max { means[$0] < means[$1] } ?? 0]
  }

  /// The names of the recipes whose mean is below the highest by no more than that one's deviation
  /// over the repetitions: which of them comes first is chance.
  public func nearBest(_ measure: (Trial) -> Double) -> [String] {
    let results = trials.map { meanAndDeviation($0.map(measure)) }
    guard let best = results.max(by: { $0.mean < $1.mean }) else { return [] }
    return zip(names, results).filter { $1.mean >= best.mean - best.deviation }.map(\.0)
  }

  /// A row for each recipe, a column for each measure: mean ± deviation over the repetitions.
  ///
  /// - Parameters:
  ///   - title: the table's title.
  ///   - differIn: what the recipes differ in, the heading of their names.
  ///   - measures: the columns; one without decimals is a count, the same in every repetition.
  /// - Returns: the table.
  public func table(
    _ title: String, _ differIn: String,
    _ measures: [(name: String, decimals: Int, measure: (Trial) -> Double)]
  ) -> Table {
    Table(
      title,
      columns: [.text(differIn)] + measures.map { .number($0.name, decimals: $0.decimals) },
      rows: names.indices.map { row in
        [.text(names[row])]
          + measures.map { column in
            column.decimals == 0
              ? .number(column.measure(trials[row][0]))
              : .mean(of: trials[row].map(column.measure))
          }
      })
  }

  private func place(of name: String) -> Int {
    guard let place = names.firstIndex(of: name) else {
      fatalError("a comparison of \(names) has no “\(name)”")
    }
    return place
  }
}

extension Page {
  /// Gives the text the name of the recipe for which a measure is highest; those for which it is about
  /// as high are as good.
  public func value<Trial>(
    _ name: String, bestOf comparison: Comparison<Trial>, file: String = #filePath,
    line: Int = #line, by measure: (Trial) -> Double
  ) {
    value(
      name, comparison.best(measure), orAsGood: comparison.nearBest(measure), file: file,
      line: line)
  }
}
