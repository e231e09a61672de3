import CourseData
import Notebook
import TensorCore

/// Turns, learnt from pictures whose corner tells the answer.
struct StampedTurns {
  /// What lies in the corners of the training pictures.
  enum Corners: String, CaseIterable {
    /// The pictures as they are.
    case clean = "no stamp"
    /// A date in the lower right corner, printed before the picture is turned.
    case stamped = "date stamp"
    /// The same, with grey over all four corners.
    case covered = "stamp, corners covered"
  }

  /// One training: how well turns are told, and what the encoder is worth.
  struct Outcome {
    let turns: Double
    let kind: Double
    let place: Double
  }

  /// The outcomes, one for each seed.
  let comparison: Comparison<Outcome>

  /// Trains on pictures with every kind of corner; probes see the pictures without stamps.
  init(
    _ sets: [PictureSet], _ crowds: [Crowd], _ matrix: PretextMatrix, plan: PretextPlan,
    labels: Int
  ) {
    let clean = matrix.trained(.turns)
    comparison = Comparison(
      Corners.allCases.map { ($0.rawValue, $0) }, over: Array(sets.indices)
    ) { _, corners, index in
      let set = sets[index]
      let trained =
        corners == .clean ? clean[index] : learn(.turns, set.with(corners), plan: plan)
      let scores = DownstreamScores(trained.features, set, crowds[index], labels: labels)
      return Outcome(
        turns: trained.accuracyOfTurns ?? .nan, kind: scores[.kind], place: scores[.place])
    }
  }

  /// How much more a measure is with some corners than with others.
  func lead(
    _ first: Corners, over second: Corners, _ measure: (Outcome) -> Double
  ) -> PairedDifference {
    comparison.lead(of: first.rawValue, over: second.rawValue, measure)
  }

  /// What the stamp does to turns and to the worth for kinds.
  var summary: String {
    func pair(_ measure: (Outcome) -> Double) -> String {
      let numbers = [Corners.clean, .stamped].map { corners in
        NumberStyle.decimals(2).text(comparison.mean(of: corners.rawValue, measure))
      }
      return numbers.joined(separator: " to ")
    }
    return "turns \(pair { $0.turns }), kind \(pair { $0.kind }), place \(pair { $0.place })"
  }

  /// A row for each kind of corner.
  var table: Table {
    comparison.table(
      "Turns with and without a shortcut", "training pictures",
      [("turns told", 2, { $0.turns }), ("kind", 2, { $0.kind }), ("place", 2, { $0.place })])
  }

  /// Two pictures with the stamp in all positions of the pretext task.
  static func examples(_ set: PictureSet) -> PictureGrid {
    let stamped = Variable(set.with(.stamped).training.tensor([0, 1]))
    let (turned, _) = inFourPositions(stamped)
    let size = set.training.width
    return PictureGrid(
      "The stamp goes with the picture",
      rows: (0..<2).map { row in
        PictureRow(
          "",
          (0..<4).map { quarter in
            Notebook.Picture(
              turned.gather([2 * quarter + row]).value.numbers, height: size, width: size,
              channels: 3)
          })
      })
  }
}

extension PictureSet {
  /// The same set with something in the corners of all its pictures.
  func with(_ corners: StampedTurns.Corners) -> PictureSet {
    if corners == .clean { return self }
    var random = Random(seed: seed, stream: 25)
    let both = [training, test].map { pictures in
      let stamped = DateStamp.printed(on: pictures, using: &random)
      return corners == .covered ? DateStamp.covered(stamped) : stamped
    }
    return PictureSet(seed: seed, training: both[0], test: both[1], scenes: scenes)
  }
}
