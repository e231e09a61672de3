import Notebook

/// What the video section claims, each with the paper's figure and this run's.
func claimVideo(
  _ page: Page, _ study: NextFrameStudy, _ fork: ForkStudy, _ threeWays: ForkStudy,
  _ probes: MotionProbes
) {
  func mean(_ runs: [Double]) -> Double { meanAndDeviation(runs).mean }
  func decibels(_ way: Foresight) -> String {
    NumberStyle.decimals(1).text(mean(study.overMoving[way]!))
  }
  func error(_ number: Double) -> String { NumberStyle.decimals(4).text(number) }
  func lead(over way: Foresight) -> PairedDifference {
    PairedDifference(study.overMoving[.network]!, minus: study.overMoving[way]!)
  }
  page.claim(
    "next-copy", "The network predicts the next frame better than the last frame again.",
    paper: "squared error .0084 against .0212 (PredNet on KITTI, the authors' code)",
    here: "squared error \(error(mean(study.errors[.network]!))) against "
      + error(mean(study.errors[.copy]!)),
    leads: [PairedDifference(study.overAll[.network]!, minus: study.overAll[.copy]!)])
  page.claim(
    "next-motion", "It predicts moving pixels better than the last motion carried on.",
    paper: "not compared there",
    here: "\(decibels(.network)) dB against \(decibels(.motion))",
    leads: [lead(over: .motion)],
    whyNot: "a small network with a short training draws less sharply than shifted pixels are")
  let squared = fork.runs("squared error", \.error)
  let ideal = fork.runs(ForkStudy.mean, \.error)
  let ratio = mean(zip(fork.runs("codes", \.error), ideal).map { $0 / $1 })
  page.claim(
    "fork-mean", "Where the future is open, squared error draws a mixture of the futures.",
    paper: "follows from the loss",
    here: "at each place at least "
      + "\(NumberStyle.decimals(2).text(mean(fork.runs("squared error", \.least)))) of the thing",
    holds: mean(fork.runs("squared error", \.least)) > mean(fork.runs("squared error", \.most)) / 2
      && mean(fork.runs("squared error", \.most)) < 0.7)
  page.claim(
    "fork-codes", "A choice among codes draws one future, and pays for it in error.",
    paper: "follows: a perfect guess has twice the least error, 3.01 dB",
    here: "\(NumberStyle.decimals(2).text(ratio)) times the least error, where squared error has "
      + NumberStyle.decimals(2).text(mean(zip(squared, ideal).map { $0 / $1 })),
    holds: mean(fork.runs("codes", \.least)) < mean(fork.runs("codes", \.most)) / 3
      && mean(fork.runs("codes", \.error)) > mean(squared),
    whyNot: "after a short training a code does not yet stand for one future alone")
  page.claim(
    "fork-absolute", "With three futures, absolute error draws none of them.",
    paper: "follows: the median of each pixel is the ground",
    here: "at most \(NumberStyle.decimals(2).text(mean(threeWays.runs("absolute error", \.most)))) "
      + "of the thing at any place",
    holds: mean(threeWays.runs("absolute error", \.most)) < 0.2
      && mean(threeWays.runs("absolute error", \.stayed)) < 0.2,
    whyNot: "after a short training it has not let go of all that squared error drew")
  func shares(_ features: MotionProbes.Features, _ question: MotionProbes.Question) -> String {
    percent(mean(probes.runs(features, question)))
  }
  page.claim(
    "video-direction", "Next-frame features tell the direction of motion better than random ones.",
    paper: "no figure known to us",
    here: "\(shares(.encoder, .direction)) against \(shares(.random, .direction))",
    leads: [probes.lead(.encoder, over: .random, .direction)])
  page.claim(
    "video-kind", "They tell the kind of a thing better than random ones, with 100 labels.",
    paper: "no figure known to us",
    here: "\(shares(.encoder, .few)) against \(shares(.random, .few))",
    leads: [probes.lead(.encoder, over: .random, .few)],
    whyNot: "to move a thing on, its outline is enough: what it is called does not matter")
}
