import CourseData
import Notebook
import TensorCore

let page = Page.open(
  chapter: 1,
  data: [
    .named("things", "pictures of ten things, drawn from the seed"),
    .named("fashion-mnist", "photographs of clothes (apt-get install dataset-fashion-mnist)"),
  ],
  mine: "k-means, pseudo-labels and policy gradients with your functions")
let options = page.options
let mine = options.isMine ? Mine() : nil

let counts = [10, 30, 100, 300, 1000] + (options.isFull ? [3000] : [])
let steps = options.pick(quick: 3, usual: 250, full: 600)
// Things are as large as they may be: what a label is worth here is not a matter of finding them.
let world = PictureWorld(size: 24, factors: .plain(scale: 0.8...0.95))
let source = page.orStop(try PictureSource.named(options.data, world: world))
let sets = options.seeds(options.isQuick ? 1 : 3).map {
  source.draw(
    training: options.isQuick ? 1000 : 3000, test: options.isQuick ? 200 : 2000, seed: $0)
}
let first = sets[0]
let everything = first.training.count

// MARK: The pictures

page.cell("pictures")
page.show(
  PictureGrid(
    "One picture of each class",
    rows: [0, 1].map { row in
      PictureRow("", (0..<5).map { first.example(of: row * 5 + $0) })
    }))
var random = Random(seed: options.seed)
let untrained = Classifier(for: first, using: &random)
page.value("encoder.parameters", untrained.encoder.parameterCount)
page.value("encoder.width", untrained.encoder.width)
page.value("pictures.training", everything)
page.value("pictures.test", first.test.count)

// MARK: Supervised

let supervised = LearningCurve("supervised", at: counts, over: sets) { set, labels in
  learnSupervised(set, labels: labels, steps: steps).testAccuracy(set)
}
let ceiling = LearningCurve("all labels", at: [everything], over: sets) { set, labels in
  learnSupervised(set, labels: labels, steps: 2 * steps).testAccuracy(set)
}
page.cell("supervised")
page.show(LearningCurve.table("Test accuracy", [supervised]))
page.value("ceiling", ceiling.mean(everything))

// MARK: Unsupervised

let pixels = sets.map { Representation(pixelsOf: $0) }
let clusterings = zip(sets, pixels).map { set, pixels in
  Clustering(pixels, set, components: 16, mine: mine)
}
page.cell("plane")
page.show(clusterings[0].plane(first, points: 400))
page.value("pca.first", clusterings[0].share(of: 1), as: .percent(0))
page.value("pca.sixteen", clusterings[0].share(of: 16), as: .percent(0))
page.value("pca.brightness", clusterings[0].correlationWithBrightness())
let clustered = LearningCurve("clusters", at: counts, over: sets) { set, labels in
  clusterings[sets.firstIndex { $0.seed == set.seed }!].testAccuracy(set, labels: labels)
}
let purityOfPixels = clusterings.map { $0.purityOfPixels }
let purityOfComponents = clusterings.map { $0.purity }
page.cell("clusters")
page.show(
  Table(
    "Purity of ten clusters", columns: [.text("points"), .number("purity", decimals: 3)],
    rows: [
      ["pixels", .mean(of: purityOfPixels)],
      ["16 principal components", .mean(of: purityOfComponents)],
    ]))
page.show(
  LearningCurve.table("Test accuracy", [clustered]))
page.value("inertia.first", clusterings[0].inertias.first ?? 0, as: .whole)
page.value("inertia.last", clusterings[0].inertias.last ?? 0, as: .whole)
page.value("inertia.rounds", clusterings[0].inertias.count - 1)

// MARK: Semi-supervised

var ramped: [[Int: PseudoLabelled]] = sets.map { _ in [:] }
let semiSupervised = LearningCurve("pseudo-labels", at: counts, over: sets) { set, labels in
  let result = learnSemiSupervised(set, labels: labels, steps: steps, ramp: .gradual, mine: mine)
  ramped[sets.firstIndex { $0.seed == set.seed }!][labels] = result
  return result.classifier.testAccuracy(set)
}
page.cell("pseudo-labels")
page.show(
  LearningCurve.table("Test accuracy", [supervised, semiSupervised]))

// MARK: Reinforcement

let rewardSteps = 2 * steps
var rewards: [[Double]] = []
let reinforced = LearningCurve("rewards", at: counts, over: sets) { set, labels in
  let result = learnByReward(set, labels: labels, steps: rewardSteps, mine: mine)
  if labels == 1000 { rewards.append(result.rewards) }
  return result.classifier.testAccuracy(set)
}
var rewardsWithout: [[Double]] = []
let unbased = LearningCurve("rewards, no baseline", at: [1000], over: sets) { set, labels in
  let result = learnByReward(
    set, labels: labels, steps: rewardSteps, hasBaseline: false, mine: mine)
  rewardsWithout.append(result.rewards)
  return result.classifier.testAccuracy(set)
}
let halfTrained = learnByReward(first, labels: 300, steps: rewardSteps, mine: mine).classifier
let noise = BaselineNoise(before: untrained, after: halfTrained, first)
page.cell("baseline")
page.show(noise.plot)
page.value("baseline.gap", noise.largestGap < 1e-6 ? "less than 0.000001" : "\(noise.largestGap)")
page.value("baseline.best.before", noise.before.best, as: .decimals(1))
page.value("baseline.best.after", noise.after.best, as: .decimals(1))
page.value("baseline.reward", noise.after.reward)
let atMeanReward = noise.after.variance(at: noise.after.reward) / noise.after.variance(at: 0)
let atMinusOne = noise.after.variance(at: -1) / noise.after.variance(at: 0)
page.value("baseline.reward.ratio", atMeanReward, as: .decimals(1))
page.value("baseline.minus.ratio", atMinusOne, as: .decimals(0))
page.cell("rewards")
page.show(
  LinePlot(
    "Mean reward while learning from 1,000 pictures", xLabel: "update", yLabel: "reward",
    series: [
      smoothed("with baseline", rewards, pieces: 25),
      smoothed("without", rewardsWithout, pieces: 25),
    ], references: [ReferenceLine("chance", 0.1)], yRange: 0...1))
page.show(LearningCurve.table("Test accuracy", [reinforced]))
page.value("rewards.without", unbased.mean(1000))
let rewardSpread = [reinforced, unbased].map { meanAndDeviation($0.at(1000)).deviation }.max() ?? 0
page.value("rewards.spread", rewardSpread)

// MARK: Self-supervised

page.cell("rotations")
page.show(first.turnedExamples)
let pretextSteps = 4 * steps / 3
let pretextStart = ContinuousClock.now
let rotations = sets.map { learnRotations($0, steps: pretextSteps) }
let pretextSeconds = pretextStart.duration(to: .now) / .seconds(sets.count)
let rotationFeatures = zip(rotations, sets).map { Representation($0.classifier.encoder, $1) }
let randomFeatures = sets.map { set in
  var random = Random(seed: set.seed)
  return Representation(Classifier(for: set, using: &random).encoder, set)
}
func probed(_ name: String, _ features: [Representation]) -> LearningCurve {
  LearningCurve(name, at: counts, over: sets) { set, labels in
    features[sets.firstIndex { $0.seed == set.seed }!].probed(set, labels: labels)
  }
}
let selfSupervised = probed("self-supervised", rotationFeatures)
let raw = probed("raw pixels", pixels)
let randomEncoder = probed("random encoder", randomFeatures)
page.cell("ladder")
page.show(
  BarPlot(
    "What 100 labels buy", valueLabel: "test accuracy",
    bars: [
      Bar("chance", 0.1), Bar("raw pixels + linear", runs: raw.at(100)),
      Bar("random encoder + linear", runs: randomEncoder.at(100)),
      Bar("rotations + linear", runs: selfSupervised.at(100)),
      Bar("supervised, 100 labels", runs: supervised.at(100)),
      Bar("supervised, all labels", runs: ceiling.at(everything)),
    ], highlighted: "rotations + linear"))
page.show(
  LearningCurve.table(
    "Test accuracy of linear probes", [raw, randomEncoder, selfSupervised]))
let rotationAccuracy = meanAndDeviation(rotations.map(\.accuracy)).mean
page.value("rotation.accuracy", rotationAccuracy)

// MARK: The outcome

page.cell("efficiency")
page.show(
  LinePlot(
    "Accuracy by number of labels, five teachers", xLabel: "labels", yLabel: "test accuracy",
    series: [supervised, clustered, semiSupervised, reinforced, selfSupervised].map { $0.series },
    xScale: .logarithmic,
    references: [
      ReferenceLine("chance", 0.1), ReferenceLine("all labels", ceiling.mean(everything)),
    ],
    yRange: 0...1))
page.show(
  LearningCurve.table(
    "Test accuracy, mean and spread over three seeds",
    [supervised, clustered, semiSupervised, reinforced, selfSupervised]))
let purityOfFeatures = zip(sets, rotationFeatures).map { set, features in
  Clustering(features, set, components: 16).purity
}
page.value("purity.features", meanAndDeviation(purityOfFeatures).mean)

// MARK: Words

let readers = sets.map { set in
  var random = Random(seed: set.seed)
  return learnToFillBlanks(
    Sentences.corpus(using: &random), steps: options.isQuick ? 10 : 1500, seed: set.seed)
}
let cook = BlankStudy(readers, who: "cook")
let aunt = BlankStudy(readers, who: "aunt")
page.cell("blanks")
page.show(cook.bars)
page.show(aunt.bars)
page.value("sentences", Sentences.all.count * 3 / 4)
page.value("blank.cake", cook.probability(of: "cake", at: 7))
page.value("blank.sugar", cook.probability(of: "sugar", at: 3))
page.value("blank.nails", cook.probability(of: "nails", at: 3), as: .decimals(4))
page.value("blank.second", aunt.ranking(at: 7)[0].word, orAsGood: aunt.asGood(at: 7))
page.value("blank.second.p", aunt.ranking(at: 7)[0].probability)

// MARK: Where it breaks

let broken = [100, 300, 1000]
var abrupt: [[Int: PseudoLabelled]] = sets.map { _ in [:] }
let withoutRamp = LearningCurve("no ramp", at: broken, over: sets) { set, labels in
  let result = learnSemiSupervised(set, labels: labels, steps: steps, ramp: .none, mine: mine)
  abrupt[sets.firstIndex { $0.seed == set.seed }!][labels] = result
  return result.classifier.testAccuracy(set)
}
page.cell("ramp")
page.show(
  LinePlot(
    "How many pseudo-labels are right, 300 labels", xLabel: "update", yLabel: "share right",
    series: [
      smoothed("with the ramp", ramped.map { $0[300]!.rightness }, pieces: 25),
      smoothed("without", abrupt.map { $0[300]!.rightness }, pieces: 25),
    ], references: [ReferenceLine("chance", 0.1)], yRange: 0...1))
page.show(
  Table(
    "Test accuracy, and the share of the commonest pseudo-label at the end",
    columns: [.text("labels")]
      + ["supervised", "with ramp", "without", "commonest, ramp", "commonest, without"].map {
        .number($0, decimals: 2)
      },
    rows: broken.map { labels in
      [
        .text("\(labels)"), .mean(of: supervised.at(labels)), .mean(of: semiSupervised.at(labels)),
        .mean(of: withoutRamp.at(labels)), .mean(of: ramped.map { $0[labels]!.largestShare }),
        .mean(of: abrupt.map { $0[labels]!.largestShare }),
      ]
    }))

// MARK: Claims

page.claim(
  "probe-random", "A linear layer on rotation features beats one on a random encoder's.",
  paper: "91.2 % against 72.5 % (CIFAR-10, convolutional head; Gidaris 2018, table 3)",
  here:
    "\(percent(selfSupervised.mean(100))) against \(percent(randomEncoder.mean(100))), 100 labels",
  holds: selfSupervised.mean(100) > randomEncoder.mean(100))
page.claim(
  "probe-few", "With few labels it beats supervised training from scratch.",
  paper: "64.6 % against 33.7 %, 20 labels a class (CIFAR-10; Qi and Luo 2022, table 1)",
  here: "\(percent(selfSupervised.mean(100))) against \(percent(supervised.mean(100))), 100 labels",
  holds: selfSupervised.mean(100) > supervised.mean(100))
page.claim(
  "supervised-many", "With all labels, supervised training from scratch is at least as good.",
  paper: "93.1 % against 91.9 %, 5,000 labels a class (the same table)",
  here: "\(percent(ceiling.mean(everything))) against \(percent(selfSupervised.mean(1000))) "
    + "with 1,000",
  holds: ceiling.mean(everything) >= selfSupervised.mean(1000))
page.claim(
  "ramp-helps", "Pseudo-labels with the ramp beat the labels alone, with 300 labels.",
  paper: "they do on MNIST, with 100 to 3,000 (Lee 2013)",
  here: "\(percent(semiSupervised.mean(300))) against \(percent(supervised.mean(300)))",
  holds: semiSupervised.mean(300) > supervised.mean(300),
  whyNot: "a short run leaves too little time between the ramp and the end")
page.claim(
  "ramp-few", "They do so with 100 labels too.", paper: "they do on MNIST (Lee 2013)",
  here: "\(percent(semiSupervised.mean(100))) against \(percent(supervised.mean(100)))",
  holds: semiSupervised.mean(100) > supervised.mean(100),
  whyNot: "most of the first pseudo-labels are wrong here; on MNIST most are right")
page.claim(
  "no-ramp", "Without the ramp, 300 labels are worse than with it.",
  paper: "too early a weight disturbs training (Lee 2013, no figure)",
  here: "\(percent(withoutRamp.mean(300))) against \(percent(semiSupervised.mean(300)))",
  holds: withoutRamp.mean(300) < semiSupervised.mean(300))
page.claim(
  "baseline-mean", "A baseline leaves the mean gradient alone.",
  paper: "proved (Williams 1992)",
  here: "the means differ by \(noise.largestGap < 1e-6 ? "less than 10⁻⁶" : "10⁻⁶ or more")",
  holds: noise.largestGap < 1e-6)
page.claim(
  "baseline-learns", "Training with the mean reward as baseline learns more.",
  paper: "a baseline can decide whether it converges (Chung 2021)",
  here: "\(percent(reinforced.mean(1000))) against \(percent(unbased.mean(1000)))",
  holds: reinforced.mean(1000) - unbased.mean(1000) > rewardSpread,
  whyNot: "the difference is smaller than the spread over three seeds")
page.claim(
  "baseline-variance", "That is because it lowers the variance.",
  paper: "often said; Chung 2021 finds cases where it is not so",
  here: "\(NumberStyle.decimals(1).text(Double(atMeanReward))) times the variance after training",
  holds: atMeanReward < 1,
  whyNot:
    "with rewards of 0 and 1 the least variance lies well below the mean reward, once the policy "
    + "is good"
)
page.claim(
  "blanks", "Words that never met are put together from the company they keep.",
  paper: "the idea behind word embeddings (Mikolov 2013)",
  here: "cake: \(percent(cook.probability(of: "cake", at: 7))), "
    + "sugar: \(percent(cook.probability(of: "sugar", at: 3)))",
  holds: cook.ranking(at: 7)[0].word == "cake" && cook.ranking(at: 3)[0].word == "sugar")

// MARK: What it cost

page.cell("cost")
page.show(
  Table(
    "One training with 1,000 labels",
    columns: [
      .text("teacher"), .number("updates", decimals: 0), .number("pictures seen", decimals: 0),
      .number("seconds", decimals: 1),
    ],
    rows: [
      ["supervised", .number(steps), .number(32 * steps), .number(supervised.seconds)],
      ["pseudo-labels", .number(steps), .number(96 * steps), .number(semiSupervised.seconds)],
      ["rewards", .number(rewardSteps), .number(32 * rewardSteps), .number(reinforced.seconds)],
      [
        "rotations, then a probe", .number(pretextSteps), .number(128 * pretextSteps),
        .number(pretextSeconds + selfSupervised.seconds),
      ],
    ]))
if let mine { page.print((["Your functions:"] + mine.notes).joined(separator: "\n")) }
page.finish()
