import CourseData
import Notebook
import TensorCore

/// What the channel-wise layer is for: pictures of 64 pixels, of whose hole the three convolutions see too
/// little.
struct ReachStudy {
  private let painters: [(name: String, painter: Inpainting)]
  private let test: Pictures

  /// Trains the network with the layer and without.
  init(steps: Int, pictures: Int, seed: UInt64) throws(InpaintingError) {
    let world = PictureWorld(size: 64, factors: .plain(scale: 0.75...0.95))
    let set = PictureSource.world(world).draw(training: pictures, test: 200, seed: seed)
    test = set.test
    var painters: [(String, Inpainting)] = []
    for (name, has) in [("with the layer", true), ("without", false)] {
      let plan = InpaintingPlan(
        width: 16, reconstruction: 1, isChannelWise: has, steps: steps, batch: 16)
      painters.append(
        (name, try Inpainting(set.training, plan, seed: seed, title: "64 pixels, \(name)")))
    }
    self.painters = painters
  }

  /// How much the middle of the hole changes where a piece of 8 × 8 pixels is covered by grey, as a share of
  /// the largest change; nil for the hole itself.
  func map(_ place: Int) -> Heatmap {
    let side = test.height
    let (cell, count) = (8, min(50, test.count))
    let some = test[0..<count]
    let before = centre(painters[place].painter.holes(some))
    let hole = Hole.middle(side)
    var values = (0..<side / cell).map { _ in [Double](repeating: .nan, count: side / cell) }
    for row in 0..<side / cell {
      for column in 0..<side / cell {
        if hole.contains(row * cell) && hole.contains(column * cell) { continue }
        let after = centre(
          painters[place].painter.holes(covered(some, top: row * cell, left: column * cell, cell)))
        values[row][column] = Double(absolute(after - before).mean().value.number)
      }
    }
    return Heatmap(
      "What the middle of the hole depends on, \(painters[place].name)",
      values: values.map { $0.map { 100 * $0 } }, rowsAre: "down", columnsAre: "across",
      showsValues: true)
  }

  /// The inner square of the hole, of an eighth of the side.
  private func centre(_ holes: Tensor) -> Variable {
    let half = holes.shape[1]
    let inner = half / 2 - 4..<half / 2 + 4
    return Variable(holes).sliced(axis: 1, inner).sliced(axis: 2, inner)
  }

  private func covered(_ pictures: Pictures, top: Int, left: Int, _ cell: Int) -> Pictures {
    var pixels = pictures.pixels
    for picture in 0..<pictures.count {
      for row in top..<top + cell {
        let from = ((picture * pictures.height + row) * pictures.width + left) * 3
        for at in from..<from + cell * 3 { pixels[at] = 0.5 }
      }
    }
    return Pictures(
      height: pictures.height, width: pictures.width, channels: 3, pixels: pixels,
      labels: pictures.labels, classNames: pictures.classNames)
  }

  /// The errors, over the hole and in its middle.
  var table: Table {
    Table(
      "Pictures of 64 pixels",
      columns: [
        .text("network"), .number("weights", decimals: 0),
        .number("L2 in the hole, %", decimals: 2),
        .number("L2 in its middle, %", decimals: 2),
      ],
      rows: painters.map { name, painter in
        let errors = self.errors(painter)
        return [
          .text(name), .number(Double(painter.network.parameterCount)),
          .number(100 * errors.hole), .number(100 * errors.middle),
        ]
      })
  }

  /// The mean squared errors of the network with the layer and without.
  var errors: [(hole: Double, middle: Double)] { painters.map { errors($0.painter) } }

  private func errors(_ painter: Inpainting) -> (hole: Double, middle: Double) {
    let (made, truth) = (painter.holes(test), middle(test).value)
    func mean(_ x: Variable, _ y: Variable) -> Double {
      Double(meanSquaredError(x, y.value).value.number)
    }
    return (mean(Variable(made), Variable(truth)), mean(centre(made), centre(truth)))
  }

  /// The weights of the layer, and of the layers that might stand in its place.
  static var weights: Table {
    func row(_ name: String, _ channels: Int, _ side: Int) -> [Table.Cell] {
      let n = side * side
      return [
        .text(name), .number(Double(channels * n * n)),
        .number(Double(channels * channels * n * n)), .number(Double(channels * channels)),
      ]
    }
    return Table(
      "Weights of a layer by which every place hears of every other",
      columns: [
        .text("map"), .number("channel-wise", decimals: 0), .number("dense", decimals: 0),
        .number("1 × 1, mixing", decimals: 0),
      ],
      rows: [
        row("4 × 4 × 128, pictures of 32", 128, 4), row("8 × 8 × 64, pictures of 64", 64, 8),
        row("6 × 6 × 256, the paper", 256, 6),
      ])
  }
}
