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

// MARK: The pictures

page.cell("pictures")
page.show(first.examples)
var random = Random(seed: options.seed)
let untrained = Classifier(for: first, using: &random)
page.value("encoder.parameters", untrained.encoder.parameterCount)
page.value("encoder.width", untrained.encoder.width)
page.value("pictures.training", first.training.count)
page.value("pictures.test", first.test.count)

// MARK: Supervised

let supervised = LearningCurve("supervised", at: counts, over: sets) { set, labels in
  learnSupervised(set, labels: labels, steps: steps).testAccuracy(set)
}
let ceiling = LearningCurve("twice the updates", at: [first.training.count], over: sets) {
  learnSupervised($0, labels: $1, steps: 2 * steps).testAccuracy($0)
}
page.cell("supervised")
page.show(LearningCurve.table("Test accuracy", [supervised, ceiling]))

// MARK: Unsupervised

let pixels = sets.map { Representation(pixelsOf: $0) }
let clusterings = zip(sets, pixels).map { Clustering($1, $0, components: 16, mine: mine) }
page.cell("plane")
page.show(clusterings[0].plane(first, points: 400))
page.value("pca.first", clusterings[0].share(of: 1), as: .percent(0))
page.value("pca.sixteen", clusterings[0].share(of: 16), as: .percent(0))
page.value("pca.brightness", clusterings[0].correlationWithBrightness())

let clustered = LearningCurve("clusters", at: counts, over: Array(zip(sets, clusterings))) {
  $0.1.testAccuracy($0.0, labels: $1)
}
page.cell("clusters")
page.show(Clustering.purities(clusterings))
page.show(LearningCurve.table("Test accuracy", [clustered]))
page.value("inertia.first", clusterings[0].inertias.first ?? 0, as: .whole)
page.value("inertia.last", clusterings[0].inertias.last ?? 0, as: .whole)
page.value("inertia.rounds", clusterings[0].inertias.count - 1)

// MARK: Semi-supervised

let ramped = PseudoLabelStudy("pseudo-labels", at: counts, over: sets) {
  learnSemiSupervised($0, labels: $1, steps: steps, ramp: .gradual, mine: mine)
}
page.cell("pseudo-labels")
page.show(LearningCurve.table("Test accuracy", [supervised, ramped.accuracy]))

// MARK: Reinforcement

let rewardSteps = 2 * steps
let reinforced = RewardStudy("rewards", at: counts, over: sets) {
  learnByReward($0, labels: $1, steps: rewardSteps, mine: mine)
}
let unbased = RewardStudy("without baseline", at: [1000], over: sets) {
  learnByReward($0, labels: $1, steps: rewardSteps, hasBaseline: false, mine: mine)
}
let halfTrained = learnByReward(first, labels: 300, steps: rewardSteps, mine: mine).classifier
let noise = BaselineNoise(before: untrained, after: halfTrained, first)
page.cell("baseline")
page.show(noise.plot)
page.show(noise.table)
page.value("baseline.gap", noise.isUnbiased ? "less than 0.000001" : "\(noise.largestGap)")

page.cell("rewards")
page.show(RewardStudy.plot(with: reinforced, without: unbased))
page.show(LearningCurve.table("Test accuracy", [reinforced.accuracy, unbased.accuracy]))
page.value(
  "rewards.spread", RewardStudy.spread([reinforced.accuracy, unbased.accuracy], at: 1000))

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
  LearningCurve(name, at: counts, over: Array(zip(sets, features))) {
    $0.1.probed($0.0, labels: $1)
  }
}
let selfSupervised = probed("self-supervised", rotationFeatures)
let ladder = ProbeLadder(
  pixels: probed("raw pixels", pixels), random: probed("random encoder", randomFeatures),
  rotations: selfSupervised, supervised: supervised, ceiling: ceiling)
page.cell("ladder")
page.show(ladder.plot)
page.show(ladder.table)
page.value("rotation.accuracy", meanAndDeviation(rotations.map(\.accuracy)).mean)

// MARK: The outcome

let efficiency = Efficiency(
  teachers: [supervised, clustered, ramped.accuracy, reinforced.accuracy, selfSupervised],
  ceiling: ceiling)
page.cell("efficiency")
page.show(efficiency.plot)
page.show(efficiency.table)
let purities = zip(sets, rotationFeatures).map { Clustering($1, $0, components: 16).purity }
page.value("purity.features", meanAndDeviation(purities).mean)

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

let abrupt = PseudoLabelStudy("no ramp", at: [100, 300, 1000], over: sets) {
  learnSemiSupervised($0, labels: $1, steps: steps, ramp: .none, mine: mine)
}
page.cell("ramp")
page.show(PseudoLabelStudy.plot(with: ramped, without: abrupt))
page.show(PseudoLabelStudy.table(supervised, with: ramped, without: abrupt))

// MARK: What it cost, and the claims

page.cell("cost")
page.show(
  Cost.table([
    Cost(teacher: "supervised", updates: steps, batch: 32, seconds: supervised.seconds),
    Cost(teacher: "pseudo-labels", updates: steps, batch: 96, seconds: ramped.accuracy.seconds),
    Cost(teacher: "rewards", updates: rewardSteps, batch: 32, seconds: reinforced.accuracy.seconds),
    Cost(
      teacher: "rotations, then a probe", updates: pretextSteps, batch: 128,
      seconds: pretextSeconds + selfSupervised.seconds),
  ]))
if let mine { page.print(mine.report) }
claimProbe(page, ladder)
claimPseudoLabels(page, supervised, ramped.accuracy, abrupt.accuracy)
claimBaseline(page, noise, reinforced.accuracy, unbased.accuracy)
claimBlanks(page, cook)
page.finish()
