import CourseData
import Notebook

private func percent(_ share: Double) -> String { NumberStyle.percent(1).text(share) }

private func three(_ number: Double) -> String { NumberStyle.decimals(3).text(number) }

/// What the page says of the task itself and of what it is worth.
func claimLocalization(_ page: Page, _ study: PretextStudy, _ ladder: Ladder?, labels: Int) {
  let network = meanAndDeviation(study.accuracies).mean
  page.claim(
    "told", "In the drawn world the place of a patch is told far better than by comparing borders.",
    paper: "38.4 % right, chance 12.5 % (VOC 2007; Doersch 2015, section 4)",
    here: "\(percent(network)) against "
      + percent(meanAndDeviation(study.accuraciesOfBorders).mean),
    leads: [PairedDifference(study.accuracies, minus: study.accuraciesOfBorders)])
  guard let ladder else { return }
  func pair(_ first: Ladder.Start, _ second: Ladder.Start, tuned: Bool = false) -> String {
    "\(percent(ladder.mean(first, at: labels, tuned: tuned))) against "
      + percent(ladder.mean(second, at: labels, tuned: tuned))
  }
  page.claim(
    "random", "Its convolutions tell kinds better than random ones, frozen.",
    paper: "not measured frozen",
    here: pair(.patches, .random), leads: [ladder.lead(.patches, over: .random, at: labels)])
  page.claim(
    "tuned", "Fine-tuning from them beats training from scratch.",
    paper: "46.3 against 39.8 mAP, detection in VOC 2007 (Doersch 2015, table 1)",
    here: pair(.patches, .random, tuned: true),
    leads: [ladder.lead(.patches, over: .random, at: labels, tuned: true)])
  page.claim(
    "supervised", "A tower that was trained with all labels is better still.",
    paper: "54.2 against 46.3 mAP (the same table)",
    here: pair(.supervised, .patches),
    leads: [ladder.lead(.supervised, over: .patches, at: labels)])
}

/// What the page says of shortcuts.
func claimShortcuts(_ page: Page, _ trainings: Trainings) {
  func rights(_ first: String, _ second: String) -> String {
    "\(three(trainings.mean(first) { $0.accuracy })) against "
      + three(trainings.mean(second) { $0.accuracy })
  }
  page.claim(
    "gap", "Without the gap the task is easier.",
    paper: "why there is a gap; no figure",
    here: rights(Recipes.noGap, Recipes.base),
    leads: [trainings.lead(Recipes.noGap, over: Recipes.base) { $0.accuracy }],
    whyNot: "the outer pixels tell as much across a gap")
  page.claim(
    "jitter", "Without jitter the task is easier.",
    paper: "why there is jitter; no figure",
    here: rights(Recipes.noJitter, Recipes.base),
    leads: [trainings.lead(Recipes.noJitter, over: Recipes.base) { $0.accuracy }],
    whyNot: "the gap is wide enough without it")
  page.claim(
    "lens", "A lens that parts the colours makes the task easier.",
    paper: "seen in where the features' neighbours lie (Doersch 2015, section 4.2); no figure",
    here: rights(Recipes.lens, Recipes.base),
    leads: [trainings.lead(Recipes.lens, over: Recipes.base) { $0.accuracy }])
  let worth = trainings.lead(Recipes.lens, over: Recipes.base) { $0.kind }
  if !trainings.mean(Recipes.base, { $0.kind }).isNaN {
    page.claim(
      "lens-worth", "What the lens adds is of no use for the kind.",
      paper: "no figure",
      here: "\(three(trainings.mean(Recipes.lens) { $0.kind })) against "
        + three(trainings.mean(Recipes.base) { $0.kind }),
      holds: !worth.isClear)
  }
  page.claim(
    "lens-place", "With the lens a single patch tells better where it lies.",
    paper: "off by .255, chance .371, on the tenth of pictures told best (Doersch 2015)",
    here: "off by \(three(trainings.mean(Recipes.lens) { $0.position })) against "
      + three(trainings.mean(Recipes.base) { $0.position }),
    leads: [trainings.lead(Recipes.base, over: Recipes.lens) { $0.position }])
  func gain(_ cured: String, _ plain: String) -> PairedDifference {
    trainings.lead(cured, over: plain) { $0.accuracy }
  }
  page.claim(
    "projection", "Projection takes away what a lens that draws red and blue apart has given.",
    paper: "off by .321 with it, .255 without (Doersch 2015)",
    here:
      "gain of the lens \(gain(Recipes.lensProjected, Recipes.projected).points) with it, "
      + "\(gain(Recipes.lens, Recipes.base).points) without",
    holds: !gain(Recipes.lensProjected, Recipes.projected).isClear,
    whyNot: "it takes out green against magenta, and red against blue passes")
  page.claim(
    "projection-green", "Projection takes away what a lens that draws green apart has given.",
    paper: "it is made for that: its direction is green against magenta",
    here:
      "gain of the lens \(gain(Recipes.greenProjected, Recipes.projected).points) with it, "
      + "\(gain(Recipes.green, Recipes.base).points) without",
    holds: gain(Recipes.greenProjected, Recipes.projected).mean
      < gain(Recipes.green, Recipes.base).mean / 2,
    whyNot: "what is left of the colours is still drawn apart a little")
  page.claim(
    "dropping", "Dropping two channels takes away what the lens has given.",
    paper: "46.3 mAP with dropping, 45.7 with projection (Doersch 2015, table 1)",
    here: "gain of the lens \(gain(Recipes.lensDropped, Recipes.dropped).points) with it",
    holds: gain(Recipes.lensDropped, Recipes.dropped).mean
      < gain(Recipes.lens, Recipes.base).mean / 2)
}

/// What the page says of labels that are not even, and of puzzles.
func claimOthers(_ page: Page, _ prior: PriorStudy, _ jigsaw: JigsawStudy, _ trainings: Trainings) {
  let uneven = prior.outcomes[1].outcome
  page.claim(
    "prior", "Uneven labels let the loss fall below log 8 with nothing learnt.",
    paper: "2.0228 on 2 × 2, by counting (exercise 3.6)",
    here: "loss \(three(uneven.loss)), the labels' entropy \(three(uneven.entropy))",
    holds: uneven.loss < 2.06 && abs(uneven.loss - uneven.entropy) < 0.03)
  guard !jigsaw.comparison.trials[0][0].kind.isNaN else { return }
  func kinds(_ first: String, _ second: String) -> String {
    "\(three(jigsaw.comparison.mean(of: first) { $0.kind })) against "
      + three(jigsaw.comparison.mean(of: second) { $0.kind })
  }
  page.claim(
    "orders", "Puzzles whose orders are far apart are worth more than those of near ones.",
    paper: "the direction of table 4 of Noroozi and Favaro 2016",
    here: kinds(JigsawStudy.far, JigsawStudy.near),
    leads: [jigsaw.comparison.lead(of: JigsawStudy.far, over: JigsawStudy.near) { $0.kind }],
    whyNot: "the difference is smaller than its spread")
  page.claim(
    "jigsaw", "The puzzle is worth more than patch localization.",
    paper:
      "53.2 against 51.1 mAP on AlexNet, 44.6 against 51.4 % on ResNets (Kolesnikov 2019, table 2)",
    here: "\(three(jigsaw.comparison.mean(of: JigsawStudy.far) { $0.kind })) against "
      + three(trainings.mean(Recipes.base) { $0.kind }),
    leads: [
      PairedDifference(
        jigsaw.comparison.values(of: JigsawStudy.far) { $0.kind },
        minus: trainings.comparison.values(of: Recipes.base) { $0.kind })
    ], whyNot: "not more")
}
