import Notebook

/// What the page claims of the probe on rotation features, each with the papers' figures and this run's.
func claimProbe(_ page: Page, _ ladder: ProbeLadder) {
  let few = percent(ladder.rotations.mean(100))
  let everything = ladder.ceiling.labels[0]
  page.claim(
    "probe-random", "A linear layer on rotation features beats one on a random encoder's.",
    paper: "91.2 % against 72.5 % (CIFAR-10, convolutional head; Gidaris 2018, table 3)",
    here: "\(few) against \(percent(ladder.random.mean(100))), 100 labels",
    holds: ladder.rotations.mean(100) > ladder.random.mean(100))
  page.claim(
    "probe-few", "With few labels it beats supervised training from scratch.",
    paper: "64.6 % against 33.7 %, 20 labels a class (CIFAR-10; Qi and Luo 2022, table 1)",
    here: "\(few) against \(percent(ladder.supervised.mean(100))), 100 labels",
    holds: ladder.rotations.mean(100) > ladder.supervised.mean(100))
  page.claim(
    "supervised-many", "With all labels, supervised training from scratch is at least as good.",
    paper: "93.1 % against 91.9 %, 5,000 labels a class (the same table)",
    here: "\(percent(ladder.ceiling.mean(everything))) against "
      + "\(percent(ladder.rotations.mean(1000))) with 1,000",
    holds: ladder.ceiling.mean(everything) >= ladder.rotations.mean(1000))
}

/// What it claims of pseudo-labels, with the ramp and without.
func claimPseudoLabels(
  _ page: Page, _ supervised: LearningCurve, _ ramped: LearningCurve, _ abrupt: LearningCurve
) {
  func against(_ first: LearningCurve, _ second: LearningCurve, _ labels: Int) -> String {
    "\(percent(first.mean(labels))) against \(percent(second.mean(labels)))"
  }
  page.claim(
    "ramp-helps", "Pseudo-labels with the ramp beat the labels alone, with 300 labels.",
    paper: "they do on MNIST, with 100 to 3,000 (Lee 2013)",
    here: against(ramped, supervised, 300), holds: ramped.mean(300) > supervised.mean(300),
    whyNot: "a short run leaves too little time between the ramp and the end")
  page.claim(
    "ramp-few", "They do so with 100 labels too.", paper: "they do on MNIST (Lee 2013)",
    here: against(ramped, supervised, 100), holds: ramped.mean(100) > supervised.mean(100),
    whyNot: "most of the first pseudo-labels are wrong here; on MNIST most are right")
  page.claim(
    "no-ramp", "Without the ramp, 300 labels are worse than with it.",
    paper: "too early a weight disturbs training (Lee 2013, no figure)",
    here: against(abrupt, ramped, 300), holds: abrupt.mean(300) < ramped.mean(300))
}

/// What it claims of the baseline of a policy gradient.
func claimBaseline(
  _ page: Page, _ noise: BaselineNoise, _ reinforced: LearningCurve, _ unbased: LearningCurve
) {
  let variance = noise.after.relativeVariance(at: noise.after.reward)
  page.claim(
    "baseline-mean", "A baseline leaves the mean gradient alone.",
    paper: "proved (Williams 1992)",
    here: "the means differ by \(noise.isUnbiased ? "less than 10⁻⁶" : "10⁻⁶ or more")",
    holds: noise.isUnbiased)
  page.claim(
    "baseline-learns", "Training with the mean reward as baseline learns more.",
    paper: "a baseline can decide whether it converges (Chung 2021)",
    here: "\(percent(reinforced.mean(1000))) against \(percent(unbased.mean(1000)))",
    holds: reinforced.mean(1000) - unbased.mean(1000)
      > RewardStudy.spread([reinforced, unbased], at: 1000),
    whyNot: "the difference is smaller than the spread over three seeds")
  page.claim(
    "baseline-variance", "That is because it lowers the variance.",
    paper: "often said; Chung 2021 finds cases where it is not so",
    here: "\(NumberStyle.decimals(1).text(Double(variance))) times the variance after training",
    holds: variance < 1,
    whyNot:
      "with rewards of 0 and 1 the least variance lies well below the mean reward, once the policy "
      + "is good"
  )
}

/// What it claims of the words that the model puts into the gaps.
func claimBlanks(_ page: Page, _ cook: BlankStudy) {
  page.claim(
    "blanks", "Words that never met are put together from the company they keep.",
    paper: "the idea behind word embeddings (Mikolov 2013)",
    here: "cake: \(percent(cook.probability(of: "cake", at: 7))), "
      + "sugar: \(percent(cook.probability(of: "sugar", at: 3)))",
    holds: cook.ranking(at: 7)[0].word == "cake" && cook.ranking(at: 3)[0].word == "sugar")
}
