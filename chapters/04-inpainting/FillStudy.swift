import CourseData
import Notebook
import TensorCore

/// Ways to paint the square in the middle, each judged by everything that is measured.
struct FillStudy {
  static let squared = "L2"
  static let absolute = "L1"
  static let joint = "joint"
  static let louder = "joint, ten times the say"
  static let adversarial = "adversarial"

  /// The judgements, by way and repetition.
  let comparison: Comparison<Judgement>
  /// The judgements of the true squares, by repetition.
  let truths: [Judgement]
  /// The trained painters of the first repetition, by name.
  let painters: [String: Inpainting]
  private let fillings: [Filling]
  private let set: PictureSet

  /// Trains and judges.
  init(
    _ sets: [PictureSet], steps: Int, judges: Int, adversarialSteps: Int
  ) throws(InpaintingError) {
    set = sets[0]
    let plans = FillStudy.plans(steps, adversarialSteps)
    var trials = (Baseline.allCases.map(\.rawValue) + plans.map(\.name)).map { _ in
      [Judgement]()
    }
    var truths: [Judgement] = []
    var painters: [String: Inpainting] = [:]
    var shown: [Filling] = []
    for set in sets {
      let jury = try Jury(set, steps: judges)
      var fillings = Baseline.allCases.map {
        $0.filled(set.test, from: set.training, seed: set.seed)
      }
      for (name, plan) in plans {
        let painter = try Inpainting(
          set.training, plan, seed: set.seed, title: "\(name), seed \(set.seed)")
        if set === sets[0] { painters[name] = painter }
        fillings.append(Filling(name: name, holes: painter.holes(set.test)))
      }
      for (place, filling) in fillings.enumerated() {
        trials[place].append(try jury.judged(filling))
      }
      truths.append(try jury.judged(Filling(name: "truth", holes: middle(set.test).value)))
      if set === sets[0] { shown = fillings }
    }
    comparison = Comparison(
      names: Baseline.allCases.map(\.rawValue) + plans.map(\.name), trials: trials)
    self.truths = truths
    self.painters = painters
    fillings = shown
  }

  /// How each network is trained.
  static func plans(_ steps: Int, _ adversarial: Int) -> [(name: String, plan: InpaintingPlan)] {
    [
      (squared, .alone(steps)),
      (absolute, InpaintingPlan(reconstruction: 1, distance: .absolute, steps: steps)),
      (joint, InpaintingPlan(steps: steps)),
      (louder, InpaintingPlan(reconstruction: 0.99, steps: steps)),
      (
        FillStudy.adversarial,
        InpaintingPlan(reconstruction: 0, lead: 1, judgesRate: 4e-4, steps: adversarial)
      ),
    ]
  }

  private typealias Measure = (name: String, decimals: Int, measure: (Judgement) -> Double)

  /// A row for each way, with what the paper measures.
  var errors: Table {
    table(
      "Painted and true squares compared",
      [
        ("L1, %", 2, { 100 * $0.absolute }), ("L2, %", 2, { 100 * $0.squared }),
        ("PSNR, dB", 2, { $0.ratio }),
      ], withTruth: false)
  }

  /// A row for each way, with what the paper shows by pictures only.
  var looks: Table {
    let hasKinds = !truths[0].kind.isNaN
    return table(
      "How squares look",
      [
        ("sharpness", 2, { $0.sharpness }), ("spread", 2, { $0.spread }),
        ("told from true ones", 2, { $0.told }),
      ] + (hasKinds ? [("shows its kind", 2, { $0.kind })] : []), withTruth: true)
  }

  private func table(_ title: String, _ measures: [Measure], withTruth: Bool) -> Table {
    let rows = zip(comparison.names, comparison.trials).map { ($0, $1) }
    return Table(
      title,
      columns: [.text("filled by")] + measures.map { .number($0.name, decimals: $0.decimals) },
      rows: (rows + (withTruth ? [("the truth", truths)] : [])).map { name, trials in
        [.text(name)] + measures.map { measure in .mean(of: trials.map(measure.measure)) }
      })
  }

  /// Some test pictures, with the hole and with what each way painted.
  func grid(_ count: Int) -> PictureGrid {
    let side = set.test.height
    let some = set.test[0..<count]
    func row(_ heading: String, _ pictures: Tensor) -> PictureRow {
      PictureRow(
        heading, pictures.cut(count).map { Picture($0, height: side, width: side, channels: 3) })
    }
    let seen = pixels(Sketch(side).seen(scaled(some.tensor())))
    let shown = fillings.filter { ![Baseline.mean.rawValue, FillStudy.absolute].contains($0.name) }
    return PictureGrid(
      "What belongs there?",
      rows: [row("seen", seen)]
        + shown.map { filling in
          let holes = Variable(filling.holes).sliced(axis: 0, 0..<count).value
          return row(filling.name, pasted(holes, into: some))
        } + [row("the truth", some.tensor())])
  }
}

extension Tensor {
  /// The numbers of each of the first `count` along the first axis.
  func cut(_ count: Int) -> [[Float]] {
    let one = shape.dropFirst().reduce(1, *)
    let all = numbers
    return (0..<count).map { Array(all[$0 * one..<($0 + 1) * one]) }
  }
}
