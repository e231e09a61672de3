import Notebook

/// What the SimCLR half of the page claims, each with the paper's figure and this run's.
func claimSimCLR(
  _ page: Page, _ ladder: LabelLadder, _ temperatures: Comparison<Trial>,
  _ heads: Comparison<Trial>,
  _ known: [KnownFactors], _ study: AugmentationStudy, _ broken: BrokenStudy
) {
  let (sound, collapsed) = (broken.sound, broken.collapsed)
  claimLabels(page, ladder)
  claimHead(page, temperatures, heads, known)
  page.claim(
    "shortcut", "Crops alone are solved by colours, and teach little about things.",
    paper: "colour histograms suffice to tell pictures apart (Chen 2020, section 3.1)",
    here: "\(percent(study.histograms.crop)) of partners found by histogram; probe "
      + "\(percent(study.accuracy("crop"))) against \(percent(study.accuracy("crop", "colour"))) "
      + "with colours distorted",
    holds: study.histograms.crop > 0.5 && study.accuracy("crop") < study.accuracy("crop", "colour"),
    whyNot: study.histograms.crop > 0.9
      ? nil : "these pictures are not known by their colours to begin with")
  page.claim(
    "collapse", "Without negatives the representation collapses, and the loss does not tell.",
    paper: "the reason for negatives (Chen 2020; Wang and Isola 2020)",
    here: "probe \(percent(collapsed.trial.probe)) against \(percent(sound.trial.probe)), loss "
      + "\(collapsed.lastDistance)",
    holds: collapsed.trial.probe < sound.trial.probe && collapsed.last.distance < 0.01)
}

private func claimLabels(_ page: Page, _ ladder: LabelLadder) {
  page.claim(
    "simclr-random", "A linear probe on SimCLR's features beats one on a random encoder's.",
    paper: "no figure for random features",
    here: "\(percent(ladder.mean(.probe, 0.1))) against \(percent(ladder.mean(.random, 0.1))), "
      + "10 % of the labels",
    holds: ladder.mean(.probe, 0.1) > ladder.mean(.random, 0.1) + 0.05)
  for (share, name, paper) in [
    (0.01, "1 %", "75.5 against 48.4 %"), (0.1, "10 %", "87.8 against 80.4 %"),
  ] {
    page.claim(
      "simclr-labels-\(name)",
      "With \(name) of the labels, fine-tuned SimCLR beats training from scratch.",
      paper: "\(paper) top-5 (ImageNet, ResNet-50; Chen 2020)",
      here:
        "\(percent(ladder.mean(.fineTuned, share))) against \(percent(ladder.mean(.scratch, share)))",
      leads: [PairedDifference(ladder.at(.fineTuned, share), minus: ladder.at(.scratch, share))])
  }
}

private func claimHead(
  _ page: Page, _ temperatures: Comparison<Trial>, _ heads: Comparison<Trial>,
  _ known: [KnownFactors]
) {
  let means = heads.means { $0.probe }
  let projected = heads.means { $0.projectedProbe }[2]
  let turns = (h: known.map { $0.h[1] }, z: known.map { $0.z[1] })
  let contrastive = temperatures.best { $0.trace.finalAccuracy }
  let best = temperatures.best { $0.probe }
  page.claim(
    "temperature", "The best contrastive accuracy is not at the temperature with the best probe.",
    paper: "90.5 % at τ = .05, best probe 64.4 % at τ = .1 (Chen 2020, table 5)",
    here: "best contrastive accuracy at \(contrastive), best probe at \(best)",
    leads: contrastive == best
      ? []
      : [
        temperatures.lead(of: contrastive, over: best) { $0.trace.finalAccuracy },
        temperatures.lead(of: best, over: contrastive) { $0.probe },
      ],
    whyNot: "both are best at the same temperature")
  let names = ProjectionKind.allCases.map(\.rawValue)
  page.claim(
    "head",
    "A non-linear head gives a better h than a linear one, and that a better one than none.",
    paper: "by 3 points, and by more than 10 (Chen 2020, section 4.2)",
    here: "\(percent(means[2])), \(percent(means[1])), \(percent(means[0]))",
    leads: [
      heads.lead(of: names[2], over: names[1]) { $0.probe },
      heads.lead(of: names[1], over: names[0]) { $0.probe },
    ],
    whyNot: "we suppose that the distortions hardly touch what tells these kinds apart")
  page.claim(
    "before-head", "h is a better representation than g(h).",
    paper: "by more than 10 points (Chen 2020, section 4.2)",
    here: "\(percent(means[2])) against \(percent(projected))",
    leads: [
      PairedDifference(heads.trials[2].map(\.probe), minus: heads.trials[2].map(\.projectedProbe))
    ])
  page.claim(
    "turns", "h knows more about how a picture was turned than g(h).",
    paper: "67.6 against 25.6 % (Chen 2020, table 4)",
    here: "\(percent(KnownFactors.mean(turns.h))) against \(percent(KnownFactors.mean(turns.z)))",
    leads: [PairedDifference(turns.h, minus: turns.z)])
}
