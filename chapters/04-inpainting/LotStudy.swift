import CourseData
import Notebook
import TensorCore

/// A world where the hole is one of two things by lot, and nothing seen says which.
///
/// Around is a grey ground with grain; in the hole, which has no grain, lies a disc, bright or dark.
struct LotWorld {
  /// How likely the disc is bright.
  let bright: Float
  /// How far the two discs lie from the grey in the middle, in the scale −1…1.
  static let height: Float = 0.8
  static let side = 16

  /// Draws pictures; a picture's label is 1 where the disc is bright.
  func pictures(_ count: Int, seed: UInt64) -> Pictures {
    var random = Random(seed: seed)
    let side = LotWorld.side
    let hole = Hole.middle(side)
    var pixels: [Float] = []
    var labels: [Int] = []
    for _ in 0..<count {
      let isBright = random.chance(bright)
      labels.append(isBright ? 1 : 0)
      let ground = random.uniform(-0.2..<0.2)
      for pixel in 0..<side * side {
        let level =
          LotWorld.isDisc(pixel)
          ? (isBright ? LotWorld.height : -LotWorld.height)
          : ground + (hole.contains(pixel / side) && hole.contains(pixel % side) ? 0 : 0.1)
            * random.normal()
        for _ in 0..<3 { pixels.append((min(max(level, -1), 1) + 1) / 2) }
      }
    }
    return Pictures(
      height: side, width: side, channels: 3, pixels: pixels, labels: labels,
      classNames: ["dark", "bright"])
  }

  /// Whether a pixel belongs to the disc.
  static func isDisc(_ pixel: Int) -> Bool {
    let centre = Float(side - 1) / 2
    let (y, x) = (Float(pixel / side) - centre, Float(pixel % side) - centre)
    return y * y + x * x < 9.5
  }
}

/// What each loss paints where a lot decides.
struct LotStudy {
  /// What was painted by one network.
  struct Outcome {
    /// The mean level of the disc in each picture, −1…1.
    let levels: [Double]
    /// What an optimal painter would have as its mean level; nil where there is no one answer.
    let optimum: Double?
    /// Some of the pictures, filled.
    let pictures: [[Float]]

    var mean: Double { levels.reduce(0, +) / Double(levels.count) }
    /// The share of discs near one of the two that there are.
    var isOne: Double {
      Double(levels.count { abs(abs($0) - Double(LotWorld.height)) < 0.2 }) / Double(levels.count)
    }
    /// The share of bright discs.
    var bright: Double { Double(levels.count { $0 > 0 }) / Double(levels.count) }
  }

  private(set) var outcomes: [(bright: Float, loss: String, outcome: Outcome)] = []
  private var seen: [[Float]] = []

  /// Trains every loss on worlds with even and uneven lots.
  init(steps: Int, seed: UInt64) throws(InpaintingError) {
    for bright: Float in [0.5, 0.7] {
      let world = LotWorld(bright: bright)
      let training = world.pictures(2000, seed: seed)
      let test = world.pictures(200, seed: seed + 1000)
      let height = Double(LotWorld.height)
      let mean = (2 * Double(bright) - 1) * height
      let plans: [(String, InpaintingPlan, Double?)] = [
        ("L2", InpaintingPlan(width: 8, reconstruction: 1, steps: steps), mean),
        (
          "L1", InpaintingPlan(width: 8, reconstruction: 1, distance: .absolute, steps: steps),
          bright == 0.5 ? nil : height
        ),
        ("adversarial", .game(lead: 0.5, steps: 3 * steps), nil),
        ("adversarial, painter twice as fast", .game(lead: 1, steps: 3 * steps), nil),
      ]
      for (loss, plan, optimum) in plans {
        let painter = try Inpainting(
          training, plan, seed: seed, title: "\(loss), bright by \(bright)")
        let holes = painter.holes(test)
        outcomes.append((bright, loss, LotStudy.judged(holes, test, optimum)))
      }
      if seen.isEmpty {
        seen = pixels(Sketch(LotWorld.side).seen(scaled(test.tensor()))).cut(6)
      }
    }
  }

  private static func judged(_ holes: Tensor, _ test: Pictures, _ optimum: Double?) -> Outcome {
    let side = LotWorld.side
    let half = Hole.middle(side)
    let disc = (0..<side * side).filter(LotWorld.isDisc).map {
      ($0 / side - half.lowerBound) * half.count + $0 % side - half.lowerBound
    }
    let numbers = holes.numbers
    let area = half.count * half.count
    let levels = (0..<test.count).map { picture in
      let sum = disc.reduce(0.0) { sum, pixel in
        sum + Double(numbers[(picture * area + pixel) * 3]) * 2 - 1
      }
      return sum / Double(disc.count)
    }
    return Outcome(
      levels: levels, optimum: optimum, pictures: pasted(holes, into: test).cut(6))
  }

  /// What was painted, for an even lot.
  var grid: PictureGrid {
    func row(_ heading: String, _ pictures: [[Float]]) -> PictureRow {
      PictureRow(
        heading,
        pictures.map { Picture($0, height: LotWorld.side, width: LotWorld.side, channels: 3) })
    }
    return PictureGrid(
      "Bright or dark, by lot",
      rows: [row("seen", seen)] + outcomes.prefix(4).map { row($0.loss, $0.outcome.pictures) })
  }

  /// A row for each loss and lot.
  var table: Table {
    Table(
      "The disc that was painted, +0.8 or −0.8 in truth",
      columns: [
        .text("bright by"), .text("loss"), .number("mean level", decimals: 2),
        .text("best possible"), .number("near one of both", decimals: 2),
        .number("bright", decimals: 2),
      ],
      rows: outcomes.map { bright, loss, outcome in
        [
          .text(NumberStyle.percent(0).text(Double(bright))), .text(loss), .number(outcome.mean),
          .text(LotStudy.best(loss, outcome.optimum)), .number(outcome.isOne),
          .number(outcome.bright),
        ]
      })
  }

  private static func best(_ loss: String, _ optimum: Double?) -> String {
    if let optimum { return NumberStyle.decimals(2).text(optimum) }
    return loss == "L1" ? "any between" : "either"
  }

  /// The outcome of a loss.
  func outcome(_ loss: String, bright: Float) -> Outcome {
    outcomes.first { $0.loss == loss && $0.bright == bright }!.outcome
  }
}

extension InpaintingPlan {
  /// The game alone, in the small: a discriminator without batch norm, which would take the level of the
  /// disc out of what it sees.
  fileprivate static func game(lead: Float, steps: Int) -> InpaintingPlan {
    InpaintingPlan(
      width: 8, reconstruction: 0, lead: lead, judgesRate: 1e-3, isJudgeNormalised: false,
      steps: steps)
  }
}
