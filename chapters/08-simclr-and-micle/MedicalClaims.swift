import Notebook

/// What the second half of the page claims, each with the study's figure and this run's.
///
/// A short run trains too little for a comparison of starts to be settled, and says so.
func claimMICLe(
  _ page: Page, _ study: LabelShares, _ remembered: Remembered, _ leak: LeakStudy, isShort: Bool
) {
  let short = isShort ? "pre-training is too short for that here; --full trains longer" : nil
  func score(_ start: Start, _ share: Double) -> String { percent(study.mean(share, start)) }
  let share = study.share(of: .patients, matching: .supervised)
  page.claim(
    "micle-share", "MICLe needs a part of the labels to match the supervised baseline with all.",
    paper: "20 % (ResNet-50 4×), 30 % (ResNet-152 2×), dermatology (Azizi 2021)",
    here: share.map { "\(percent($0))" } ?? "more than all",
    holds: (share ?? 2) <= 0.5, whyNot: short)
  page.claim(
    "micle-gain", "With all labels, MICLe beats the supervised baseline.",
    paper: "by 6.7 points top-1 (dermatology, the best of the study; Azizi 2021)",
    here: "\(score(.patients, 1)) against \(score(.supervised, 1))",
    leads: [study.lead(of: .patients, over: .supervised, at: 1)], whyNot: short)
  page.claim(
    "micle-simclr", "MICLe beats as many more steps of SimCLR on the same pictures.",
    paper: "it improves on SimCLR (Azizi 2021, no figure here)",
    here: "\(score(.patients, 0.1)) against \(score(.clinic, 0.1)) with 10 % of the labels, "
      + "\(score(.patients, 1)) against \(score(.clinic, 1)) with all",
    leads: [0.1, 1].map { study.lead(of: .patients, over: .clinic, at: $0) }, whyNot: short)
  page.claim(
    "micle-domain", "SimCLR on the clinic's pictures adds to SimCLR on other pictures.",
    paper: "both together are best (Azizi 2021)",
    here: "\(score(.clinic, 0.1)) against \(score(.things, 0.1)) with 10 % of the labels",
    leads: [study.lead(of: .clinic, over: .things, at: 0.1)], whyNot: short)
  page.claim(
    "micle-hospital", "MICLe keeps its lead in a hospital that it has never seen.",
    paper: "self-supervised models are robust to the shift (Azizi 2021, abstract)",
    here: "\(percent(study.mean(1, .patients, \.elsewhere))) against "
      + "\(percent(study.mean(1, .supervised, \.elsewhere))) of the baseline",
    leads: [study.lead(of: .patients, over: .supervised, at: 1, \.elsewhere)], whyNot: short)
  page.claim(
    "micle-forgets", "MICLe's h knows more of the pathology and less of the camera than SimCLR's.",
    paper: "the aim of the pairs (Azizi 2021); no probe in the study",
    here: "pathology \(percent(remembered.mean(.patients, .pathology))) against "
      + "\(percent(remembered.mean(.clinic, .pathology))), camera "
      + "\(percent(remembered.mean(.patients, .camera))) against "
      + "\(percent(remembered.mean(.clinic, .camera)))",
    leads: [
      PairedDifference(
        remembered.at(.patients, .pathology), minus: remembered.at(.clinic, .pathology)),
      PairedDifference(remembered.at(.clinic, .camera), minus: remembered.at(.patients, .camera)),
    ], whyNot: short)
  let (apart, shuffled) = (
    meanAndDeviation(leak.patients.lot).mean, meanAndDeviation(leak.pictures.lot).mean
  )
  page.claim(
    "micle-leak", "With pictures shuffled, labels that mean nothing can be “predicted”.",
    paper: "the reason to split by patient",
    here: "\(percent(shuffled)) against \(percent(apart)) for new patients",
    holds: shuffled > apart + 0.05)
}
