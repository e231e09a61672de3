import CourseData
import Foundation
import Notebook
import TensorCore

let page = Page.open(
  chapter: 2,
  data: [
    .named("worlds", "clips that the program draws"),
    .file("a folder of numbered PGM or PPM frames"),
  ],
  mine: "train word vectors on your gradient")
let options = page.options

// MARK: Words

// MARK: Pictures

// MARK: Video

let videoSeeds = options.seeds(options.isQuick ? 1 : 3)
let videoSteps = options.pick(quick: 2, usual: 120, full: 1000)
let (clipCount, testClips) = options.pick(quick: (40, 20), usual: (600, 200), full: (1500, 300))
let nextFrame = NextFrameStudy(
  videoSeeds.map { VideoSet(training: clipCount, test: testClips, seed: $0) }, steps: videoSteps)
page.cell("next frame")
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

let forkSteps = options.pick(quick: 2, usual: 80, full: 400)
let fork = ForkStudy(
  ways: 2,
  predictions: [
    ("squared error", ForkStudy.learning(steps: forkSteps) { meanSquaredError($0, $1) }),
    ("codes", ForkStudy.learningCodes(4, steps: forkSteps)),
  ], training: 2 * clipCount, test: testClips, seeds: videoSeeds)
page.cell("fork")
page.show(fork.grid("Before the fork, both futures, and what was learnt", clips: 4))
page.show(fork.table("Two futures"))
let threeWays = ForkStudy(
  ways: 3,
  predictions: [
    ("absolute error", ForkStudy.learning(steps: forkSteps) { meanAbsoluteError($0, $1) })
  ], training: 2 * clipCount, test: testClips, seeds: videoSeeds)
page.cell("three ways")
page.show(threeWays.grid("Before the fork, three futures, and absolute error", clips: 2))
page.show(threeWays.table("Three futures"))

let motionProbes = MotionProbes(
  nextFrame.networks, training: options.pick(quick: 60, usual: 600, full: 1500),
  test: options.pick(quick: 40, usual: 400, full: 1000), seeds: videoSeeds)
page.cell("motion")
page.show(motionProbes.table)
claimVideo(page, nextFrame, fork, threeWays, motionProbes)

// MARK: How one fools oneself

// MARK: What it cost

page.finish()
