import CourseData
import Notebook
import TensorCore

/// Whether u·v comes to where its loss is least, for vectors of several widths and texts of two
/// lengths.
struct OptimumStudy {
  /// One training and how near it came.
  struct Row {
    let text: String
    let width: Int
    let loss: Double
    let leastLoss: Double
    let pairs: [NegativeSamplingObjective.ScoredPair]
    /// Of the pairs that are seen often, and seldom.
    let often: ScoreAgreement
    let seldom: ScoreAgreement
  }

  /// From how many sightings on a pair counts as seen often.
  static let often = 30.0

  let rows: [Row]

  /// Trains vectors on each text, in each width.
  ///
  /// - Parameters:
  ///   - texts: the texts with their names, and how often each is read.
  ///   - widths: the widths; 0 stands for one as large as the vocabulary.
  ///   - seed: of all trainings.
  init(
    _ texts: [(name: String, corpus: WordCorpus, epochs: Int)], widths: [Int], seed: UInt64
  ) {
    rows = texts.flatMap { text in
      let counts = PairCounts(text.corpus, window: 5)
      let noise = NoiseDistribution(counts: text.corpus.counts)
      return widths.map { width in
        let width = width == 0 ? text.corpus.words.count : width
        let settings = WordVectorSettings(width: width, epochs: text.epochs)
        let vectors = trained(text.corpus, settings, seed: seed, title: "\(text.name), \(width)")
        let objective = NegativeSamplingObjective(counts, noise: noise, settings)
        let pairs = objective.pairs(input: vectors.input, output: vectors.output)
        return Row(
          text: text.name, width: width,
          loss: objective.loss(input: vectors.input, output: vectors.output),
          leastLoss: objective.leastLoss, pairs: pairs,
          often: ScoreAgreement(pairs, seen: Self.often..<Double.infinity),
          seldom: ScoreAgreement(pairs, seen: 0..<Self.often))
      }
    }
  }

  /// A row for each training.
  var table: Table {
    Table(
      "How near u·v comes to its optimum",
      columns: [
        .text("text"), .text("width"), .number("loss", decimals: 3),
        .number("least loss", decimals: 3), .number("from x*, often", decimals: 2),
        .number("from PMI − log k, often", decimals: 2), .number("from x*, seldom", decimals: 2),
        .number("correlation, often", decimals: 2),
      ],
      rows: rows.map { row in
        [
          .text(row.text), .text("\(row.width)"), .number(row.loss), .number(row.leastLoss),
          .number(row.often.distance), .number(row.often.distanceFromPMI),
          .number(row.seldom.distance), .number(row.often.correlation),
        ]
      })
  }

  /// Some hundred pairs of one training, those seen often and those seen seldom apart.
  func scatter(of row: Row, most: Int = 300) -> ScatterPlot {
    func some(_ isWanted: (Double) -> Bool, _ name: String) -> PointClass {
      let wanted = row.pairs.indices.filter { isWanted(row.pairs[$0].count) }
      let shown = stride(from: 0, to: wanted.count, by: max(1, wanted.count / most))
        .map { row.pairs[wanted[$0]] }
      return PointClass(name, x: shown.map(\.optimum), y: shown.map(\.score))
    }
    let ends = row.pairs.reduce((0.0, 0.0)) { (min($0.0, $1.optimum), max($0.1, $1.optimum)) }
    let line = stride(from: ends.0, through: ends.1, by: max(0.01, (ends.1 - ends.0) / 40))
    return ScatterPlot(
      "Pairs of words, \(row.text), width \(row.width)", xLabel: "optimum x*", yLabel: "u·v",
      classes: [
        some({ $0 < Self.often }, "seen less than \(Int(Self.often)) times"),
        some({ $0 >= Self.often }, "seen more often"),
        PointClass("u·v = x*", x: Array(line), y: Array(line)),
      ])
  }
}

/// Trains word vectors with a line that shows how far it has come.
func trained(
  _ corpus: WordCorpus, _ settings: WordVectorSettings, seed: UInt64, title: String
) -> WordVectors {
  let vectors = WordVectors(corpus, settings, seed: seed)
  var progress = Progress(title, total: 100)
  var done = 0
  vectors.train { share in
    while done < Int(share * 100) {
      done += 1
      progress.advance()
    }
  }
  progress.finish()
  return vectors
}
