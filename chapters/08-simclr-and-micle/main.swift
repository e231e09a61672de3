import CourseData
import Notebook
import TensorCore

let page = Page.open(
  chapter: 8,
  data: [
    .named("things", "pictures of ten things, drawn from the seed"),
    .named("fashion-mnist", "photographs of clothes (apt-get install dataset-fashion-mnist)"),
    .named("tuxpaint", "stamps (apt-get install tuxpaint-stamps-default netpbm)"),
  ],
  mine: "train with your loss, gradient and pairs, beside the chapter's")
let options = page.options
let source = page.orStop(
  try PictureSource.named(options.data, world: .things, isQuick: options.isQuick))
let sets = options.seeds(options.isFull ? 3 : 1).map {
  source.draw(
    training: options.isQuick ? 500 : 3000, test: options.isQuick ? 200 : 1000, seed: $0)
}
let set = sets[0]
let longRecipe = Recipe(
  plan: ContrastivePlan(
    steps: options.pick(quick: 4, usual: 700, full: 3000), batch: options.isQuick ? 16 : 32),
  width: options.isQuick ? 4 : 16)
// What is compared with one another is trained for less long.
let recipe = longRecipe.with { $0.plan.steps = options.pick(quick: 2, usual: 140, full: 800) }

// MARK: Views

page.cell("views")
page.show(gallery(set.training, 0, seed: options.seed))
page.value("pictures.training", set.training.count)
page.value("pictures.test", set.test.count)

// MARK: Pre-training

let monitor = Monitor(set, longRecipe)
let trials = page.orStop(
  try sets.map { set in
    try Trial(longRecipe, set, title: "SimCLR, seed \(set.seed)") { model, step in
      if set.seed == sets[0].seed { monitor.look(model, at: step) }
    }
  })
page.cell("pre-training")
page.show(monitor.lossPlot)
page.show(monitor.accuracyPlot)
page.show(monitor.spherePlot)
page.show(monitor.spectrumPlot)
page.show(monitor.rankTable)
if options.isMine {
  let steps = options.pick(quick: 4, usual: 200, full: 400)
  let own = OwnTraining(Mine(), set, steps: steps, width: longRecipe.width)
  page.show(page.orStop(try own.table()))
  page.print(own.report)
}
page.value("encoder.parameters", trials[0].model.encoder.parameterCount)
page.value("pairs", longRecipe.plan.batch)
page.value("views", 2 * longRecipe.plan.batch)
page.value("guess.loss", guessingLoss(pairs: longRecipe.plan.batch))
page.value("temperature", longRecipe.plan.temperature)
page.value("steps", longRecipe.plan.steps)
page.value("guess.heldout", guessingLoss(pairs: min(200, set.test.count)))
page.value("neighbours.raw", monitor.neighbourAccuracyOfPixels)

// MARK: The ladder

let ladder = page.orStop(
  try LabelLadder(
    trials, sets,
    plan: FineTuningPlan(
      steps: options.pick(quick: 2, usual: 150, full: 400), learningRate: 1e-2,
      augmentation: .forThings)))
page.cell("ladder")
page.show(ladder.table(classes: set.classes))
page.value("ladder.labels", set.labelled(share: 0.01).count)

// MARK: Temperature

let temperatures = page.orStop(
  try Comparison.temperatures([0.05, 0.1, 0.5, 1], recipe, over: sets))
page.cell("temperature")
page.show(temperatures.temperatureTable)
page.value("comparison.steps", recipe.plan.steps)
page.value("temperature.probe", bestOf: temperatures) { $0.probe }
page.value("temperature.contrastive", bestOf: temperatures) { $0.trace.finalAccuracy }

// MARK: The head

let heads = page.orStop(try Comparison.heads(recipe, over: sets))
page.cell("heads")
page.show(heads.headTable)
let known = zip(trials, sets).map { KnownFactors($1, of: $0.model) }
page.cell("known")
page.show(KnownFactors.table(known))

// MARK: Augmentations

let study = page.orStop(
  try AugmentationStudy(options.pick(quick: 2, usual: 4, full: 6), recipe, set))
page.cell("augmentations")
page.show(study.heatmap)
page.value(
  "best.pair", study.bestPairs()[0],
  // One training for each pair: the table of temperatures shows how far chance alone moves a probe.
  orAsGood: study.bestPairs(within: 0.03))
page.value("crop.contrastive", study.contrastive[0])
page.value("histogram.chance", study.histograms.chance, as: .decimals(4))
page.value("histogram.crop", study.histograms.crop)
page.value("histogram.colour", study.histograms.cropAndColour)

// MARK: Batches and optimizers

let sizes = options.pick(quick: [8, 16], usual: [8, 32, 128], full: [8, 32, 128])
let batches = page.orStop(try Comparison.batches(sizes, recipe, over: sets))
page.cell("batches")
page.show(batches.batchTable)

// MARK: What is near, and a map

var random = Random(seed: options.seed, stream: 1)
let near = Neighbourhood(set, trials[0].h, width: longRecipe.width, using: &random)
page.cell("neighbours")
page.show(near.grid(of: [0, 1, 2]))
page.show(near.table)

let mapped = trials[0].h.test.sliced(axis: 0, 0..<min(300, set.test.count))
let tsne = TSNE(mapped, steps: options.pick(quick: 20, usual: 300, full: 500), using: &random)
let plane = PrincipalComponents(mapped, count: 2, iterations: 100, using: &random)
page.cell("maps")
page.show(classMap("Principal components of h", plane(mapped), set.test, axes: "component"))
page.show(classMap("t-SNE of h", tsne.map, set.test, axes: "map"))

// MARK: Where it breaks

let broken = page.orStop(try BrokenStudy(recipe, set))
page.cell("anchor")
page.show(broken.anchorTable)
page.cell("collapse")
page.show(broken.distances)
page.show(broken.largest)
page.show(broken.collapsed.spectra)
page.value("collapse.loss.end", broken.collapsed.lastDistance)
page.value("collapse.probe", broken.collapsed.trial.probe)

claimSimCLR(page, ladder, temperatures, heads, known, study, broken)

// MARK: What it cost

let trace = trials[0].trace
page.cell("cost-simclr")
page.show(trace.cost)
page.value("views.share", trace.shareForViews, as: .percent(0))
page.value("pretraining.rate", trace.stepsPerSecond, as: .decimals(0))

// MARK: Patients

let clinicPlan = MedicalPlan(
  width: options.isQuick ? 4 : 16, thingSteps: options.pick(quick: 2, usual: 140, full: 800),
  clinicSteps: options.pick(quick: 2, usual: 180, full: 1000),
  patientSteps: options.pick(quick: 2, usual: 180, full: 1000),
  tuningSteps: options.pick(quick: 2, usual: 200, full: 800),
  things: options.isQuick ? 100 : 3000)
let clinicSets = options.seeds(options.isFull ? 3 : 1).map {
  ClinicSet(
    everyone: options.isQuick ? 60 : 1000, training: options.isQuick ? 40 : 300,
    test: options.isQuick ? 30 : 500, seed: $0)
}
let clinic = clinicSets[0]
page.cell("patients")
page.show(clinic.albums)
page.show(ClinicSet.table(clinicSets))

page.cell("pairs")
page.show(page.orStop(try clinic.pairs(MedicalPlan.views)))

let pipelines = page.orStop(
  try clinicSets.map { try MedicalPipeline($0, plan: clinicPlan) })
let shares = options.isFull ? [0.1, 0.2, 0.3, 0.5, 1] : [0.1, 0.3, 1]
let labelShares = page.orStop(
  try LabelShares(shares, sets: clinicSets, pipelines: pipelines, plan: clinicPlan))
page.cell("clinic-labels")
page.show(labelShares.plot)
page.show(labelShares.table("Test accuracy by share of the labels", \.accuracy))
page.show(labelShares.table("The same, each condition weighing the same (balanced)", \.balanced))
page.show(labelShares.table("Without fine-tuning: a linear probe on the frozen h", \.probe))
let matching = labelShares.share(of: .patients, matching: .supervised)
page.value("micle.share", matching.map { percent($0) } ?? "more than all")
let lead = labelShares.lead(of: .patients, over: .clinic, at: 1)
page.value("micle.lead", 100 * lead.mean, as: .decimals(1))
page.value(
  "micle.lead.spread",
  lead.runs > 1
    ? NumberStyle.decimals(1).text(100 * lead.deviation) : "what one seed cannot tell")

page.cell("hospitals")
page.show(labelShares.tableOfHospitals)

let remembered = Remembered(clinicSets, pipelines)
page.cell("remembered")
page.show(remembered.table)

// MARK: The patient on both sides

let leak = page.orStop(
  try LeakStudy(
    clinicSets.map(\.seed), pipelines.map { $0.encoders[.patients]! },
    patients: options.isQuick ? 20 : 500))
page.cell("leak")
page.show(leak.table)
page.value("leak.recognised", meanAndDeviation(leak.recognised).mean, as: .percent(0))
claimMICLe(page, labelShares, remembered, leak, isShort: !options.isFull)
page.value("clinic.seconds", pipelines[0].seconds, as: .seconds)

page.finish()
