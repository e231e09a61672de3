import CourseData
import Notebook

private func percent(_ share: Double) -> String { NumberStyle.percent(1).text(share) }

private func decimals(_ count: Int, _ number: Double) -> String {
  NumberStyle.decimals(count).text(number)
}

/// What the page says of losses.
func claimLosses(_ page: Page, _ study: FillStudy) {
  let all = study.comparison
  func mean(_ name: String, _ measure: (Judgement) -> Double) -> Double {
    all.mean(of: name, measure)
  }
  func pair(
    _ first: String, _ second: String, _ count: Int, _ unit: String = "",
    _ measure: (Judgement) -> Double
  ) -> String {
    "\(decimals(count, mean(first, measure)))\(unit) against "
      + "\(decimals(count, mean(second, measure)))\(unit)"
  }
  /// Whether one has more of a measure than another by some amount, in every repetition.
  func isMore(
    _ first: String, than second: String, by least: Double, _ measure: (Judgement) -> Double
  ) -> Bool {
    zip(all.values(of: first, measure), all.values(of: second, measure))
      .allSatisfy { $0 > $1 + least }
  }
  let nearest = Baseline.nearest.rawValue
  page.claim(
    "learnt", "What a network learnt to paint lies nearer to the truth than the nearest picture.",
    paper: "18.58 against 14.70 dB, joint loss, own features (Pathak 2016 v2, table 1)",
    here: pair(FillStudy.joint, nearest, 2, " dB") { $0.ratio },
    holds: isMore(FillStudy.joint, than: nearest, by: 0.5) { $0.ratio })
  page.claim(
    "absolute", "L1 and L2 make no significant difference.",
    paper: "said, no figure (section 3.2)",
    here: pair(FillStudy.absolute, FillStudy.squared, 2, " dB") { $0.ratio } + ", sharpness "
      + pair(FillStudy.absolute, FillStudy.squared, 2) { $0.sharpness },
    holds: zip(
      all.values(of: FillStudy.absolute) { $0.ratio },
      all.values(of: FillStudy.squared) { $0.ratio }
    ).allSatisfy { abs($0 - $1) < 0.5 },
    whyNot: "the median is nearer to one of the things that might be there")
  page.claim(
    "blur", "L2 alone blurs.",
    paper: "pictures only (figure 6)",
    here: "\(percent(mean(FillStudy.squared) { $0.sharpness })) of the true sharpness",
    holds: mean(FillStudy.squared) { $0.sharpness } < 0.5)
  page.claim(
    "sharper", "With the discriminator's say what is painted is sharper.",
    paper: "pictures only (figure 6)",
    here: pair(FillStudy.louder, FillStudy.squared, 2) { $0.sharpness },
    holds: isMore(FillStudy.louder, than: FillStudy.squared, by: 0.05) { $0.sharpness })
  page.claim(
    "incoherent", "The adversarial loss alone is sharp and fits nothing around it.",
    paper: "pictures only (figure 6)",
    here: "sharpness \(decimals(2, mean(FillStudy.adversarial) { $0.sharpness })), L2 "
      + pair(FillStudy.adversarial, Baseline.mean.rawValue, 1, " %") { 100 * $0.squared }
      + " of one colour",
    holds: isMore(FillStudy.adversarial, than: FillStudy.squared, by: 0.2) { $0.sharpness }
      && isMore(FillStudy.adversarial, than: Baseline.mean.rawValue, by: 0) { $0.squared })
  guard !study.truths[0].kind.isNaN else { return }
  func kinds(_ first: String, _ second: String) -> String {
    "\(percent(mean(first) { $0.kind })) against " + percent(mean(second) { $0.kind })
  }
  page.claim(
    "myth", "Inpainting works best with the adversarial loss alone.",
    paper: "not in the paper, which paints with the joint loss (section 3.2)",
    here: "shows its kind in " + kinds(FillStudy.adversarial, FillStudy.joint)
      + " with the joint loss",
    leads: [all.lead(of: FillStudy.adversarial, over: FillStudy.joint) { $0.kind }],
    whyNot: "it paints something else")
  page.claim(
    "kinds", "What the joint loss paints shows its kind more often than what L2 paints.",
    paper: "no figure",
    here: kinds(FillStudy.louder, FillStudy.squared),
    leads: [all.lead(of: FillStudy.louder, over: FillStudy.squared) { $0.kind }],
    whyNot: "not more often")
}

/// What the page says of the game, of lots and of the layer.
func claimReasons(_ page: Page, _ lot: LotStudy, _ reach: ReachStudy, _ breaks: BreakStudy) {
  let (mean, median) = (lot.outcome("L2", bright: 0.7), lot.outcome("L1", bright: 0.7))
  let one = lot.outcome("adversarial", bright: 0.5)
  page.claim(
    "lot",
    "Where a lot decides, L2 paints the mean, L1 the median, the adversarial loss one of both.",
    paper: "closed form: 0.32, 0.80, ±0.80",
    here: "\(decimals(2, mean.mean)), \(decimals(2, median.mean)), "
      + "\(percent(one.isOne)) near one of both",
    holds: abs(mean.mean - 0.32) < 0.1 && abs(median.mean - 0.8) < 0.1 && one.isOne > 0.8)
  let errors = reach.errors
  page.claim(
    "reach", "Without the channel-wise layer the middle of a large hole is painted worse.",
    paper: "why there is one; no figure (section 3.1)",
    here: "L2 \(decimals(2, 100 * errors[1].middle)) % against "
      + "\(decimals(2, 100 * errors[0].middle)) %",
    holds: errors[1].middle > 1.05 * errors[0].middle)
  let seam = breaks.seamPainters.map { _, painter -> Double in
    let last = painter.steps.suffix(max(1, painter.steps.count / 4))
    return last.map { ($0.real + $0.painted) / 2 }.reduce(0, +) / Double(last.count)
  }
  page.claim(
    "seam", "A discriminator that sees what is around the hole wins by the seam.",
    paper: "did not train (section 3.2); no figure",
    here: "right in \(percent(seam[1])) against \(percent(seam[0]))",
    holds: seam[1] > seam[0] + 0.036,
    whyNot: "the reconstruction loss leaves it no seam")
}

/// What the page says of what was learnt on the way.
func claimFeatures(_ page: Page, _ ladder: Ladder?, _ masked: MaskedStudy, labels: Int) {
  guard let ladder else { return }
  func pair(_ first: Ladder.Start, _ second: Ladder.Start) -> String {
    "\(percent(ladder.mean(first, at: labels))) against "
      + percent(ladder.mean(second, at: labels))
  }
  let source = "classification of VOC 2007 (Pathak 2016 v2, table 2)"
  page.claim(
    "random", "Features from inpainting tell kinds better than random ones.",
    paper: "56.5 against 53.3, \(source)",
    here: pair(.blocks, .random), leads: [ladder.lead(.blocks, over: .random, at: labels)])
  page.claim(
    "hole", "They tell them better than those of an autoencoder, which has no hole to fill.",
    paper: "56.5 against 53.8, \(source)",
    here: pair(.blocks, .autoencoder),
    leads: [ladder.lead(.blocks, over: .autoencoder, at: labels)],
    whyNot: "not better")
  page.claim(
    "autoencoder", "An autoencoder's features are hardly better than random ones.",
    paper: "53.8 against 53.3, \(source)",
    here: pair(.autoencoder, .random),
    holds: !ladder.lead(.autoencoder, over: .random, at: labels).isClear,
    whyNot: "a narrow middle is a task by itself here")
  page.claim(
    "turns", "Telling turns makes better features than inpainting.",
    paper: "54.4 against 44.5 mAP, detection in VOC 2007 (Gidaris 2018, table 7; Pathak 2016 v2)",
    here: pair(.turns, .blocks), leads: [ladder.lead(.turns, over: .blocks, at: labels)])
  if ladder.has(.centre), ladder.has(.region) {
    page.claim(
      "anywhere", "Holes anywhere make better features than a hole in the middle.",
      paper: "direction only (section 3.3)",
      here: "blocks \(percent(ladder.mean(.blocks, at: labels))), regions "
        + "\(percent(ladder.mean(.region, at: labels))), the middle "
        + percent(ladder.mean(.centre, at: labels)),
      leads: [
        ladder.lead(.blocks, over: .centre, at: labels),
        ladder.lead(.region, over: .centre, at: labels),
      ], whyNot: "not better")
  }
  let (many, few) = (MaskedStudy.name(0.75), MaskedStudy.name(0.25))
  page.claim(
    "masked", "A masked autoencoder learns features that are better than random ones.",
    paper: "not measured",
    here: "\(percent(masked.comparison.mean(of: many) { $0.kind })) against "
      + percent(masked.comparison.mean(of: MaskedStudy.untrained) { $0.kind }),
    leads: [masked.comparison.lead(of: many, over: MaskedStudy.untrained) { $0.kind }],
    whyNot: "it takes more updates")
  guard masked.comparison.names.contains(few) else { return }
  page.claim(
    "ratio",
    "A masked autoencoder learns better features where three quarters are hidden than one.",
    paper: "linear probe 54.6 at 10 %, 73.5 at 75 % (He 2022, figure 5)",
    here: "\(percent(masked.comparison.mean(of: many) { $0.kind })) against "
      + percent(masked.comparison.mean(of: few) { $0.kind }),
    leads: [masked.comparison.lead(of: many, over: few) { $0.kind }], whyNot: "not better")
}
