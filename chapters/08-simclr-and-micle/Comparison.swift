import Notebook
import TensorCore

/// Recipes that differ in one thing, each tried on every set of pictures.
struct Comparison {
  /// What the recipes are called.
  let names: [String]
  /// `trials[recipe][set]`.
  let trials: [[Trial]]

  /// Trains once for each recipe and set.
  ///
  /// - Throws: `ContrastiveError`.
  init(_ recipes: [(name: String, recipe: Recipe)], _ sets: [PictureSet]) throws {
    names = recipes.map(\.name)
    trials = try recipes.map { name, recipe in
      try sets.map { try Trial(recipe, $0, title: name) }
    }
  }

  /// A measure's mean over the sets, for each recipe.
  func means(_ measure: (Trial) -> Double) -> [Double] {
    trials.map { meanAndDeviation($0.map(measure)).mean }
  }

  /// How much higher a measure is with one recipe than with another, set by set.
  func lead(of first: String, over second: String, _ measure: (Trial) -> Double)
    -> PairedDifference
  {
    let (i, j) = (names.firstIndex(of: first)!, names.firstIndex(of: second)!)
    return PairedDifference(trials[i].map(measure), minus: trials[j].map(measure))
  }

  /// The name of the recipe for which a measure is highest.
  func best(_ measure: (Trial) -> Double) -> String {
    let means = means(measure)
    return names[means.indices.max { means[$0] < means[$1] } ?? 0]
  }

  /// The names of the recipes whose mean is below the highest by no more than that one's deviation over
  /// the sets: which of them comes first is chance.
  func nearBest(_ measure: (Trial) -> Double) -> [String] {
    let results = trials.map { meanAndDeviation($0.map(measure)) }
    guard let best = results.max(by: { $0.mean < $1.mean }) else { return [] }
    return zip(names, results).filter { $1.mean >= best.mean - best.deviation }.map(\.0)
  }

  /// A row for each recipe, a column for each measure.
  func table(
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
}
