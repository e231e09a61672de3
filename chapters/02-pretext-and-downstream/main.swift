import CourseData
import Foundation
import Notebook
import TensorCore

let page = Page.open(
  chapter: 2,
  data: [
    .named("things", "pictures, clips and stories that the program makes"),
    .named(
      "fashion-mnist", "clothes, to take the encoders to (apt-get install dataset-fashion-mnist)"),
    .file("a folder of numbered PGM or PPM frames"),
  ],
  options: [.value("--steps", "N", "temporary")],
  mine: "train word vectors on your gradient")
let options = page.options

// MARK: Words

// MARK: Pictures

let pictureSets = options.seeds(options.isQuick ? 1 : 3).map {
  PictureSource.world(.manyFactors).draw(
    training: options.isQuick ? 200 : 3000, test: options.isQuick ? 100 : 1000, seed: $0)
}
let crowds = pictureSets.map {
  Crowd(individuals: options.isQuick ? 20 : 200, of: .manyFactors, seed: $0.seed)
}
let pretextPlan = PretextPlan(
  steps: options.pick(quick: 2, usual: Int(options["--steps"] ?? "250")!, full: 1500),
  batch: options.isQuick ? 16 : 64)
let probeLabels = options.pick(quick: 100, usual: 1000, full: 3000)
func clock(_ s: String) { print("CLOCK", s, ContinuousClock.now) }
clock("start")
let matrix = PretextMatrix(pictureSets, crowds, plan: pretextPlan, labels: probeLabels)
clock("matrix")
page.cell("matrix")
page.show(matrix.heatmap)
page.show(matrix.table)
page.show(matrix.tableOfGains)

// What follows is looked at with one seed in a usual run.
let some = options.isFull ? pictureSets.indices : 0..<1
let (someSets, someCrowds) = (Array(pictureSets[some]), Array(crowds[some]))
let fewLabels = FewLabels(
  options.pick(quick: [30, 60], usual: [30, 300], full: [30, 100, 300, 1000]), someSets,
  someCrowds, matrix,
  plan: PretextPlan(steps: options.pick(quick: 2, usual: 120, full: 400), batch: 32))
clock("few")
page.cell("few-labels")
for task in FewLabels.tasks { page.show(fewLabels.table(task)) }
let others = page.orStop(
  try pictureSets.map { set in
    try OtherPictures.all(
      options.data, clinic: options.isQuick ? 60 : 600, labels: 120, seed: set.seed)
  })
let transfer = Transfer(matrix, others)
clock("transfer")
page.cell("transfer")
page.show(transfer.table)

// MARK: Video

let videoSeeds = options.seeds(options.isQuick ? 1 : 3)
let videoSteps = options.pick(quick: 2, usual: 120, full: 1200)
let (clipCount, testClips) = options.pick(quick: (40, 20), usual: (600, 150), full: (1500, 300))
let nextFrame = NextFrameStudy(
  videoSeeds.map { VideoSet(training: clipCount, test: testClips, seed: $0) }, steps: videoSteps)
let speeds = MotionFactors().speed
page.value("video.speed", "\(speeds.lowerBound) to \(Int(speeds.upperBound))")
page.value("video.clips", clipCount)
page.cell("next-frame")
page.show(nextFrame.grid(clips: 4))
page.show(nextFrame.table)
if options.isDataFile, let film = page.orStop(try Film.load(options.data)) {
  let real = NextFrameStudy(
    videoSeeds.map { VideoSet(film, training: clipCount, test: testClips, seed: $0) },
    steps: videoSteps)
  page.print("The same on squares cut out of \(options.data), its last quarter to judge by:")
  page.show(real.grid(clips: 4))
  page.show(real.table)
}
page.value("video.moving", meanAndDeviation(nextFrame.movingShare).mean, as: .percent(0))

// A usual run looks at the forks with one seed.
let forkSeeds = options.isFull ? videoSeeds : [options.seed]
let forkSteps = options.pick(quick: 2, usual: 200, full: 700)
let fork = ForkStudy(
  ways: 2,
  predictions: [
    ("squared error", ForkStudy.learningSquaredError(steps: forkSteps)),
    ("codes", ForkStudy.learningCodes(4, steps: forkSteps)),
  ], training: 2 * clipCount, test: testClips, seeds: forkSeeds)
page.cell("fork")
page.show(fork.grid("Before the fork, both futures, and what was learnt", clips: 4))
page.show(fork.table("Two futures"))
let threeWays = ForkStudy(
  ways: 3,
  predictions: [
    ("squared error", ForkStudy.learningSquaredError(steps: forkSteps)),
    ("absolute error", ForkStudy.learningAbsoluteError(steps: forkSteps)),
  ], training: 2 * clipCount, test: testClips, seeds: forkSeeds)
page.cell("three-ways")
page.show(threeWays.grid("Before the fork, three futures, and what was learnt", clips: 2))
page.show(threeWays.table("Three futures"))

let motionProbes = MotionProbes(
  nextFrame.networks, training: options.pick(quick: 60, usual: 400, full: 1500),
  test: options.pick(quick: 40, usual: 400, full: 1000), seeds: videoSeeds)
page.cell("motion")
page.show(motionProbes.table)
claimVideo(page, nextFrame, fork, threeWays, motionProbes)

// MARK: How one fools oneself

let linear = LinearAutoencoder(
  pictureSets[0].thumbnails(1000), steps: options.pick(quick: 10, usual: 1000, full: 3000),
  seed: options.seed)
clock("linear")
page.cell("linear-autoencoder")
page.show(linear.table)
let nuisances = NuisanceStudy(
  someSets,
  plan: PretextPlan(
    steps: options.pick(quick: 2, usual: 120, full: 800), batch: options.isQuick ? 16 : 64),
  labels: probeLabels)
clock("nuisances")
page.cell("nuisances")
page.show(nuisances.tableOfOverlaps)
page.show(nuisances.table)
let statistics = BatchStatistics(matrix, others.map { $0[0] })
clock("bn")
page.cell("batch-statistics")
page.show(statistics.table)
let stamped = StampedTurns(someSets, someCrowds, matrix, plan: pretextPlan, labels: probeLabels)
clock("stamp")
page.cell("stamp")
page.show(StampedTurns.examples(pictureSets[0]))
page.show(stamped.table)

// MARK: What it cost

page.cell("cost")
page.show(matrix.costs(labels: pictureSets[0].training.count))
page.show(fewLabels.worth)

page.finish()
