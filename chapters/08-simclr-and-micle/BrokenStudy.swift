import CourseData
import Notebook
import TensorCore

/// Two broken losses beside the sound one: the anchor among the negatives, and no negatives at all.
struct BrokenStudy {
  private let plan: ContrastivePlan
  /// With the anchor among the negatives.
  let anchored: Trial
  /// NT-Xent as it should be.
  let sound: Collapse
  /// Without negatives.
  let collapsed: Collapse

  /// Trains all three from the same weights.
  ///
  /// - Throws: `ContrastiveError`.
  init(_ recipe: Recipe, _ set: PictureSet) throws {
    plan = recipe.plan
    anchored = try Trial(
      recipe.with { $0.plan.loss = anchoredLoss }, set, title: "anchor among the negatives")
    let watched = recipe.with { $0.plan.observations = 30 }
    sound = try Collapse(watched, set, title: "NT-Xent")
    collapsed = try Collapse(
      watched.with { $0.plan.loss = attractionLoss }, set, title: "no negatives")
  }

  /// What the anchor among the negatives costs: the losses at the end, those of z whose pairs coincide
  /// and whose pictures are orthogonal, and the probes.
  var anchorTable: Table {
    let ideal = coincidingPairs(plan.batch)
    func row(_ name: String, _ trial: Trial, _ loss: Variable) -> [Table.Cell] {
      [
        .text(name), .number(trial.trace.finalLoss), .number(loss.value.number),
        .number(trial.probe),
      ]
    }
    return Table(
      "With the anchor among the negatives",
      columns: [.text("loss")]
        + ["final loss", "with orthogonal pictures", "probe"].map { .number($0, decimals: 2) },
      rows: [
        row("NT-Xent", sound.trial, ntXent(ideal, temperature: plan.temperature)),
        row("anchor left in", anchored, anchoredLoss(ideal, temperature: plan.temperature)),
      ])
  }

  /// How far partners lie apart, without negatives and in the sound run.
  var distances: LinePlot {
    LinePlot(
      "1 − cos between partners", xLabel: "step", yLabel: "1 − cos",
      series: [collapsed.distances("no negatives"), sound.distances("NT-Xent")],
      yScale: .logarithmic)
  }

  /// The variance of z along its longest axis, without negatives and in the sound run.
  var largest: LinePlot {
    LinePlot(
      "The largest singular value of z", xLabel: "step", yLabel: "variance",
      series: [collapsed.largest("no negatives"), sound.largest("NT-Xent")],
      yScale: .logarithmic)
  }
}
