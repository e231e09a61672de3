import CourseData
import Notebook
import TensorCore

/// What goes wrong, put side by side with what does not.
struct BreakStudy {
  /// A loss over the hole and one over the whole picture.
  let overWhole: Table
  /// The measures in the hole: loss over the hole, loss over all.
  let holeErrors: [Double]
  /// A discriminator that sees the hole, and one that sees the seam.
  let seam: Table
  let seamPainters: [(name: String, painter: Inpainting)]

  init(
    _ set: PictureSet, joint: Inpainting, steps: Int
  ) throws(InpaintingError) {
    var rows: [[Table.Cell]] = []
    var errors: [Double] = []
    let ways: [(String, Hole?, Masked.Scope)] = [
      ("the hole", .blocks, .hole), ("the whole picture", .blocks, .everything),
      ("the whole picture, and nothing dropped", nil, .everything),
    ]
    for (name, hole, scope) in ways {
      let masked = try Masked(
        set.training, hole: hole, scope: scope, steps: steps, seed: set.seed,
        title: "A loss over \(name)")
      let judged = masked.judged(set.test, seed: set.seed)
      errors.append(judged.hole)
      rows.append([
        .text(name), .number(masked.losses.suffix(20).reduce(0, +) / Double(min(20, steps))),
        .number(100 * judged.hole), .number(100 * judged.seen), .number(judged.ratio),
        .number(judged.pasted),
      ])
    }
    holeErrors = errors
    overWhole = Table(
      "What the loss is taken over",
      columns: [
        .text("loss over"), .number("the loss that is logged", decimals: 3),
        .number("L2 in the hole, %", decimals: 2), .number("L2 elsewhere, %", decimals: 2),
        .number("PSNR in the hole", decimals: 1), .number("PSNR, seen pixels pasted", decimals: 1),
      ], rows: rows)
    var plan = joint.plan
    plan.showsContext = true
    let seeing = try Inpainting(
      set.training, plan, seed: set.seed, title: "A discriminator that sees the seam")
    seamPainters = [("the hole", joint), ("the picture around it too", seeing)]
    let truth = middle(set.test).value
    seam = Table(
      "What the discriminator sees",
      columns: [
        .text("it sees"), .number("named rightly", decimals: 2),
        .number("its loss", decimals: 2), .number("L2, %", decimals: 2),
        .number("step at the seam", decimals: 2), .number("sharpness", decimals: 2),
      ],
      rows: seamPainters.map { name, painter in
        let holes = painter.holes(set.test)
        let last = painter.steps.suffix(max(1, steps / 4))
        let errors = squaredErrors(holes, truth)
        return [
          .text(name),
          .number(
            last.map { ($0.real + $0.painted) / 2 }.reduce(0, +) / Double(last.count)),
          .number(last.map(\.discriminator).reduce(0, +) / Double(last.count)),
          .number(100 * errors.reduce(0, +) / Double(errors.count)),
          .number(seamStep(holes, set.test) / seamStep(truth, set.test)),
          .number(edgeEnergy(Variable(holes)) / edgeEnergy(Variable(truth))),
        ]
      })
  }
}

/// The mean square of the step from the last pixel of the hole to the first outside, all around.
func seamStep(_ holes: Tensor, _ pictures: Pictures) -> Double {
  let hole = Hole.middle(pictures.height)
  let x = Variable(pasted(holes, into: pictures))
  func step(_ inside: Int, _ outside: Int, axis: Int) -> Variable {
    let a = x.sliced(axis: axis, inside..<inside + 1).sliced(axis: 3 - axis, hole)
    let b = x.sliced(axis: axis, outside..<outside + 1).sliced(axis: 3 - axis, hole)
    return square(a - b).mean()
  }
  let (first, last) = (hole.lowerBound, hole.upperBound - 1)
  let all = [1, 2].map { step(first, first - 1, axis: $0) + step(last, last + 1, axis: $0) }
  return Double((all[0] + all[1]).value.number) / 4
}

/// The mean square of the differences between neighbouring pixels, across and down.
func edgeEnergy(_ x: Variable) -> Double {
  let (rows, columns) = (x.shape[1], x.shape[2])
  let across = x.sliced(axis: 2, 1..<columns) - x.sliced(axis: 2, 0..<columns - 1)
  let down = x.sliced(axis: 1, 1..<rows) - x.sliced(axis: 1, 0..<rows - 1)
  return Double((square(across).mean() + square(down).mean()).value.number)
}
