import CourseData
import Foundation
import Notebook
import TensorCore

let page = Page.open(
  chapter: 2,
  data: [
    .named("worlds", "stories, pictures and clips that the program makes"),
    .named(
      "fashion-mnist", "clothes, to take the encoders to (apt-get install dataset-fashion-mnist)"),
    .file("any text in UTF-8, a sentence or a paragraph a line, or a folder of numbered frames"),
  ],
  mine: "train word vectors on your gradient")
let options = page.options

// MARK: Words

let wordSeeds = options.seeds(options.isQuick ? 1 : 3)
let storyCount = options.pick(quick: 150, usual: 4000, full: 20000)
let wordWidth = options.pick(quick: 8, usual: 50, full: 50)
let wordEpochs = options.pick(quick: 1, usual: 3, full: 5)
let storyWords = page.orStop(try WordTexts.stories(storyCount, seed: wordSeeds[0]))
let ownText = page.orStop(
  try isTextFile(options) ? WordTexts.file(options.data) : nil)
let readText = ownText?.corpus ?? storyWords
let readName = ownText == nil ? "\(storyCount) stories" : options.data

page.cell("words")
let firstSentence = readText.sentences[0].prefix(25)
page.show(
  Note(
    "The beginning of the text, and its words as numbers",
    lines: [
      firstSentence.map { readText.words[$0] }.joined(separator: " "), "",
      firstSentence.map(String.init).joined(separator: " "),
    ]))
if ownText?.isCut == true { page.print("From the first 8 MB of \(options.data).") }
page.value("words.count", readText.count)
page.value("words.vocabulary", readText.words.count)

let shortText = page.orStop(try WordTexts.stories(max(50, storyCount / 20), seed: wordSeeds[0]))
let optimum = OptimumStudy(
  ownText == nil
    ? [
      .init(name: "all", corpus: storyWords, epochs: wordEpochs),
      .init(name: "a twentieth", corpus: shortText, epochs: 20 * wordEpochs),
    ] : [.init(name: "all", corpus: readText, epochs: wordEpochs)],
  widths: ownText == nil
    ? options.pick(quick: [4], usual: [4, 32, 0], full: [4, 16, 64, 0])
    : options.pick(quick: [4], usual: [10, 100], full: [10, 100, 300]), seed: wordSeeds[0])
let widest = optimum.rows.last { $0.text.name == "all" }!
page.cell("optimum")
page.show(optimum.table)
page.show(optimum.scatter(of: widest))
page.value("optimum.untrained", 6 * log(2.0), as: .decimals(3))
if options.isMine {
  let mine = Mine()
  let own = page.orStop(
    try trainingByOwnGradient(seed: options.seed) { center, context, negatives in
      mine.pair(center: center, context: context, negatives: negatives).map {
        PairGradient(
          loss: $0.loss, center: $0.center, context: $0.context, negatives: $0.negatives)
      }
    })
  if let own { page.show(own) }
  page.print(mine.report)
}

let wordTrials = page.orStop(
  try wordSeeds.map { seed in
    WordTrial(
      try WordTexts.stories(storyCount, seed: seed), width: wordWidth, epochs: wordEpochs,
      seed: seed)
  })
let relations = wordTrials.map(WordRelations.init)
page.cell("wordmap")
page.show(wordMap(wordTrials[0]))

page.cell("neighbours")
page.show(neighbourList(wordTrials[0]))
page.show(WordRelations.neighbourTable(relations))

page.cell("analogies")
page.show(WordRelations.analogyTable(relations))
if let ownText {
  page.show(
    ownNeighbours(ownText.corpus, width: 100, epochs: wordEpochs, seed: options.seed))
}

let topics = TopicStudy(
  wordTrials, labels: options.pick(quick: [30], usual: [30, 100, 300], full: [30, 100, 300]),
  counts: options.pick(quick: (60, 60), usual: (500, 500), full: (500, 2000)))
page.cell("topics")
page.show(topics.table)
claimWords(page, widest, relations, topics, isWhole: ownText == nil && options.isFull)

// MARK: Pictures

let pictureSets = options.seeds(options.isQuick ? 1 : 3).map {
  PictureSource.world(.manyFactors).draw(
    training: options.isQuick ? 300 : 3000, test: options.isQuick ? 100 : 1000, seed: $0)
}
let crowds = pictureSets.map {
  Crowd(individuals: options.isQuick ? 20 : 200, of: .manyFactors, seed: $0.seed)
}
let pretextPlan = PretextPlan(
  steps: options.pick(quick: 2, usual: 250, full: 1000),
  batch: options.isQuick ? 16 : 64)
let probeLabels = options.pick(quick: 100, usual: 1000, full: 3000)
let matrix = PretextMatrix(pictureSets, crowds, plan: pretextPlan, labels: probeLabels)
page.cell("matrix")
page.show(matrix.heatmap)
page.show(matrix.table)
page.show(matrix.tableOfGains)

// What follows is looked at with one seed in a usual run.
let some = options.isFull ? pictureSets.indices : 0..<1
let (someSets, someCrowds) = (Array(pictureSets[some]), Array(crowds[some]))
let fewLabels = FewLabels(
  options.pick(quick: [30, 300], usual: [30, 300], full: [30, 100, 300, 1000]), someSets,
  someCrowds, matrix,
  plan: PretextPlan(steps: options.pick(quick: 2, usual: 120, full: 300), batch: 32))
page.cell("few-labels")
for task in FewLabels.tasks { page.show(fewLabels.table(task)) }
let others = page.orStop(
  try pictureSets.map { set in
    try OtherPictures.all(
      options.data, clinic: options.isQuick ? 60 : 600, labels: 600, seed: set.seed)
  })
let transfer = Transfer(matrix, others)
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
  pictureSets[0].thumbnails(1000), steps: options.pick(quick: 10, usual: 3000, full: 10000),
  rate: options.isFull ? 0.01 : 0.03,
  seed: options.seed)
page.cell("linear-autoencoder")
page.show(linear.table)
let nuisances = NuisanceStudy(
  someSets,
  plan: PretextPlan(
    steps: options.pick(quick: 2, usual: 120, full: 500), batch: options.isQuick ? 16 : 64),
  labels: probeLabels)
page.cell("nuisances")
page.show(nuisances.tableOfOverlaps)
page.show(nuisances.table)
let statistics = BatchStatistics(
  matrix, pictureSets.map { OtherPictures.evening($0, labels: probeLabels) })
page.cell("batch-statistics")
page.show(statistics.table)
page.value("gain.training", statistics.gain(.autoencoder, .drifted).mean)
page.value("gain.frozen", statistics.gain(.autoencoder, .frozen).mean)
page.value("gain.share", statistics.shareOfGain(.autoencoder), as: .percent(0))
let stamped = StampedTurns(someSets, someCrowds, matrix, plan: pretextPlan, labels: probeLabels)
page.cell("stamp")
page.show(StampedTurns.examples(pictureSets[0]))
page.show(stamped.table)
claimPictures(page, matrix, fewLabels, many: options.isFull ? 1000 : 300)
claimMistakes(page, linear, nuisances, statistics, stamped)

// MARK: What it cost

page.cell("cost")
page.show(matrix.costs(labels: pictureSets[0].training.count))
page.show(fewLabels.worth)
page.value(
  "cost.ratio", matrix.seconds(.autoencoder) / max(matrix.seconds(.turns), 1e-9), as: .decimals(1))

page.finish()
