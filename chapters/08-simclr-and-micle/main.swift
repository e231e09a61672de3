import CourseData
import Notebook
import TensorCore

let page = Page.open(
  chapter: 8,
  data: [
    .named("things", "pictures of ten things, drawn from the seed"),
    .named("fashion-mnist", "photographs of clothes (apt-get install dataset-fashion-mnist)"),
  ])
let options = page.options
let source = page.orStop(try PictureSource.named(options.data))
let set = source.draw(
  training: options.isQuick ? 500 : 3000, test: options.isQuick ? 200 : 1000, seed: options.seed)
let steps = options.pick(quick: 5, usual: 300, full: 2000)
let width = options.isQuick ? 8 : 16

// MARK: Pre-training

let plan = ContrastivePlan(steps: steps, batch: options.isQuick ? 16 : 128)
var random = Random(seed: options.seed)
let model = ContrastiveModel(channels: set.training.channels, width: width, using: &random)
let viewPairs = page.orStop(
  try ViewPairs(set.training, .forThings, batch: plan.batch))
var neighbourAccuracies: [(step: Int, accuracy: Double)] = []
let trace = page.orStop(
  try pretrain(model, plan: plan, seed: options.seed) { _, random in
    viewPairs.next(using: &random)
  } observe: { step in
    let h = Representation(model.encoder, set.training, set.test)
    neighbourAccuracies.append(
      (step, nearestNeighbourAccuracy(h, set.training.labels, set.test.labels)))
  })
page.cell("pre-training")
page.show(
  LinePlot(
    "Nearest neighbours while SimCLR trains", xLabel: "step", yLabel: "accuracy",
    series: [
      Series("h", x: neighbourAccuracies.map(\.step), y: neighbourAccuracies.map(\.accuracy))
    ], yRange: 0...1))
page.value("loss", trace.finalLoss)

// MARK: Patients

page.finish()
