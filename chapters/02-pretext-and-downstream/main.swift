import CourseData
import Notebook
import TensorCore

let page = Page.open(
  chapter: 2,
  data: [
    .named("things", "pictures, clips and stories that the program makes"),
    .named(
      "fashion-mnist", "clothes, to take the encoders to (apt-get install dataset-fashion-mnist)"),
  ],
  mine: "train word vectors on your gradient")
let options = page.options

// MARK: Words

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

// MARK: How one fools oneself

let linear = LinearAutoencoder(
  pictureSets[0].thumbnails(1000), steps: options.pick(quick: 10, usual: 3000, full: 10000),
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
