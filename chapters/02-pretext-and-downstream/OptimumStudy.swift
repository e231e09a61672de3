import CourseData
import Notebook
import TensorCore

/// Whether u·v comes to where its loss is least, for vectors of several widths and texts of two
/// lengths.
struct OptimumStudy {
  /// A text, and how often it is read.
  struct Text {
    let name: String
    let corpus: WordCorpus
    let epochs: Int
  }

  /// One training and how near it came.
  struct Row {
    let text: Text
    let width: Int
    let loss: Double
    let leastLoss: Double
    let pairs: [NegativeSamplingObjective.ScoredPair]
    /// Of the pairs that training meets often, and seldom.
    let often: ScoreAgreement
    let seldom: ScoreAgreement
    /// The distance of the first kind from the optimum of the first text, the longest.
    let fromFirst: Double

    /// Whether training meets a pair of the text so often that it could come to rest.
    static func isMetOften(_ count: Double, _ text: Text) -> Bool {
      count >= OptimumStudy.meetings / Double(text.epochs)
    }
  }

  /// From how many meetings on, over all epochs, a pair counts as met often.
  static let meetings = 1000.0

  let rows: [Row]

  /// Trains vectors on each text, in each width.
  ///
  /// - Parameters:
  ///   - texts: the texts, the longest first.
  ///   - widths: the widths; 0 stands for one as large as the vocabulary.
  ///   - seed: of all trainings.
  init(_ texts: [Text], widths: [Int], seed: UInt64) {
    let first = texts[0].corpus
    let firstObjective = Self.objective(first)
    rows = texts.flatMap { text in
      let objective = Self.objective(text.corpus)
      return widths.map { width in
        let width = width == 0 ? text.corpus.words.count : width
        let vectors = trained(
          text.corpus, WordVectorSettings(width: width, epochs: text.epochs), seed: seed,
          title: "\(text.name), width \(width)")
        let pairs = objective.pairs(input: vectors.input, output: vectors.output)
        let often = Self.meetings / Double(text.epochs)
        // What the longer text says of the same pairs; one of their words may be another there.
        let places = text.corpus.words.map(first.place)
        let squares = pairs.filter { $0.count >= often }.compactMap { pair -> Double? in
          guard let word = places[pair.word], let other = places[pair.neighbour] else { return nil }
          let optimum = firstObjective.optimum(word, other)
          return optimum.isFinite ? (pair.score - optimum) * (pair.score - optimum) : nil
        }
        return Row(
          text: text, width: width,
          loss: objective.loss(input: vectors.input, output: vectors.output),
          leastLoss: objective.leastLoss, pairs: pairs,
          often: ScoreAgreement(pairs, seen: often..<Double.infinity),
          seldom: ScoreAgreement(pairs, seen: 0..<often),
          fromFirst: (squares.reduce(0, +) / Double(max(1, squares.count))).squareRoot())
      }
    }
  }

  private static func objective(_ corpus: WordCorpus) -> NegativeSamplingObjective {
    NegativeSamplingObjective(
      PairCounts(corpus, window: 5), noise: NoiseDistribution(counts: corpus.counts),
      WordVectorSettings())
  }

  /// A row for each training.
  var table: Table {
    Table(
      "Loss, and the distance of u·v from its optimum",
      columns: [
        .text("text"), .text("width"), .number("loss", decimals: 3),
        .number("least loss", decimals: 3), .number("from x", decimals: 2),
        .number("from PMI − log k", decimals: 2), .number("from x of all", decimals: 2),
        .number("rare pairs from x", decimals: 2),
      ],
      rows: rows.map { row in
        [
          .text(row.text.name), .text("\(row.width)"), .number(row.loss), .number(row.leastLoss),
          .number(row.often.distance), .number(row.often.distanceFromPMI), .number(row.fromFirst),
          .number(row.seldom.distance),
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
      "Pairs of words, \(row.text.name), width \(row.width)", xLabel: "optimum x", yLabel: "u·v",
      classes: [
        some({ !Row.isMetOften($0, row.text) }, "met less than \(Int(Self.meetings)) times"),
        some({ Row.isMetOften($0, row.text) }, "met more often"),
        PointClass("u·v = x", x: Array(line), y: Array(line)),
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
