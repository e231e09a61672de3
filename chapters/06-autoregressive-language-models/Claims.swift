import Notebook

private let noStories = "the model has read no stories"

extension ChapterOptions {
  /// Whether the models read stories, which the questions are about.
  fileprivate var isAboutStories: Bool { !isDataFile && data == "stories" }
}

/// What the page claims of the ladder; a short text that is read many times is learnt by heart.
func claimLadder(_ page: Page, _ ladder: Ladder, timesRead: Double) {
  let style = NumberStyle.decimals(2)
  page.claim(
    "ladder", "A transformer predicts held-out text better than a smoothed trigram model.",
    paper: "not measured there; the paper gives no perplexity against counting models",
    here: "perplexity \(style.text(ladder.perplexity("GPT"))) against "
      + style.text(ladder.perplexity("trigram")),
    holds: ladder.loss("GPT") < ladder.loss("trigram"),
    whyNot: timesRead < 20
      ? nil : "the text is so short that the network learns it by heart")
}

/// What it claims of the facts that the model follows.
func claimFacts(_ page: Page, _ facts: FactStudy) {
  let (activity, recall, options) = (facts.activity, facts.recall, page.options)
  page.claim(
    "facts", "The model knows what one does at the place just named.",
    paper: "not measured there",
    here: "\(percent(activity.gpt)) of the probability on what one does at that "
      + "place; the trigram \(percent(activity.trigram))",
    holds: activity.gpt > 2 * max(activity.trigram, activity.chance),
    whyNot: !options.isAboutStories
      ? noStories : options.isFull ? nil : "it comes late in training; --full has it")
  let share = NumberStyle.percent(1)
  page.claim(
    "whereabouts", "The model follows where people and things are, better than a rule of thumb.",
    paper: "not measured there",
    here: "\(share.text(recall.share)) right; the place named last "
      + "\(share.text(recall.ruleShare)); the difference is known to "
      + "±\(NumberStyle.decimals(1).text(100 * recall.uncertainty)) points",
    holds: recall.lead > recall.uncertainty,
    whyNot: !options.isAboutStories
      ? noStories
      : -recall.lead > recall.uncertainty
        ? "the rule is better" : "the difference is within its uncertainty")
}

/// What it claims of the loss, over parameters, computation and data.
func claimScaling(_ page: Page, _ scaling: ScalingGrid) {
  let exponent = NumberStyle.decimals(2)
  page.claim(
    "scaling", "Loss falls with parameters and with compute.",
    paper: "straight lines in a log-log picture over many orders of magnitude (Kaplan et al. 2020)",
    here: "exponents \(exponent.text(scaling.parameterExponent)) and "
      + exponent.text(scaling.computeExponent),
    holds: scaling.parameterExponent > 0 && scaling.computeExponent > 0)
  let losses = scaling.byData.map { NumberStyle.decimals(3).text($0.loss) }
  page.claim(
    "data", "Loss falls with data.",
    paper: "a straight line, where the model is large enough (Kaplan et al. 2020)",
    here: "from \(NumberStyle.whole.text(Double(scaling.byData[0].tokens))) tokens on: "
      + losses.joined(separator: ", "),
    holds: scaling.fallsWithData,
    whyNot: "it falls up to \(NumberStyle.whole.text(Double(scaling.enoughData().tokens))) tokens; "
      + "after that these short runs lack steps, not text")
}

/// What it claims of pre-training and of the auxiliary loss.
func claimTransfer(_ page: Page, _ comparison: TransferComparison) {
  func average(_ isPretrained: Bool, _ lambda: Float) -> Double {
    comparison.average(isPretrained: isPretrained, lambda: lambda)
  }
  let share = NumberStyle.percent(1)
  page.claim(
    "pretraining", "Pre-training makes fine-tuning better.",
    paper: "average 74.7 with, 59.9 without (Radford et al. 2018, table 5)",
    here: "average \(share.text(average(true, 0.5))) with, "
      + "\(share.text(average(false, 0.5))) without, both with L₁",
    holds: average(true, 0.5) > average(false, 0.5),
    whyNot: page.options.isAboutStories ? nil : noStories)
  let gain = comparison.auxiliaryGain
  let signed = NumberStyle.decimals(1)
  page.claim(
    "auxiliary", "The auxiliary language-model loss improves fine-tuning (a common summary).",
    paper: "it lowered the average, 74.7 with and 75.0 without; some tasks gained (table 5)",
    here: "average \(share.text(average(true, 0.5))) with, "
      + "\(share.text(average(true, 0))) without: "
      + "\(signed.text(100 * gain.mean)) ±\(signed.text(100 * gain.uncertainty)) points",
    holds: gain.mean > gain.uncertainty,
    whyNot: gain.mean < -gain.uncertainty
      ? "it lowers the average, as in the paper"
      : "the difference is within its uncertainty; the paper's own average fell")
}

/// What it claims of a mask that lets a model see what it is to predict.
func claimLeak(_ page: Page, _ leak: LeakExperiment) {
  page.claim(
    "leak", "A mask that is off by one gives a better loss and a worse model.",
    paper: "a known fault of programs, not of the paper",
    here: "loss \(NumberStyle.decimals(2).text(leak.leaking.loss)), and "
      + "\(NumberStyle.decimals(2).text(leak.leaking.trueLoss)) when nothing can be seen ahead",
    holds: leak.leaking.loss < leak.sound.loss && leak.leaking.trueLoss > leak.sound.loss)
}
