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
    steps: options.pick(quick: 4, usual: 900, full: 3000), batch: options.isQuick ? 16 : 32),
  width: options.isQuick ? 4 : 16)
// What is compared with one another is trained for less long.
let recipe = longRecipe.with { $0.plan.steps = options.pick(quick: 2, usual: 200, full: 800) }

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
let (start, end) = (monitor.readings[0], monitor.readings[monitor.readings.count - 1])
page.cell("pre-training")
page.show(
  LinePlot(
    "NT-Xent of held-out views", xLabel: "step", yLabel: "loss",
    series: [monitor.series("loss") { $0.loss }]))
page.show(
  LinePlot(
    "Two accuracies while SimCLR trains", xLabel: "step", yLabel: "accuracy",
    series: [
      monitor.series("contrastive") { $0.contrastiveAccuracy },
      monitor.series("nearest neighbours") { $0.neighbourAccuracy },
    ], yRange: 0...1))
page.show(
  LinePlot(
    "Alignment and uniformity of z", xLabel: "step", yLabel: "value",
    series: [
      monitor.series("alignment") { $0.alignment },
      monitor.series("uniformity") { $0.uniformity },
    ]))
page.show(monitor.spectrumPlot)
if options.isMine {
  let steps = options.pick(quick: 4, usual: 200, full: 400)
  let own = OwnTraining(Mine(), set, steps: steps, width: longRecipe.width)
  page.show(page.orStop(try own.table()))
  page.print(own.notes)
}
page.value("encoder.parameters", trials[0].model.encoder.parameterCount)
page.value("encoder.width", trials[0].model.encoder.width)
page.value("head.width", trials[0].model.head.width)
page.value("pairs", longRecipe.plan.batch)
page.value("views", 2 * longRecipe.plan.batch)
page.value("guess.loss", guessingLoss(pairs: longRecipe.plan.batch))
page.value("temperature", longRecipe.plan.temperature)
page.value("steps", longRecipe.plan.steps)
page.value("guess.heldout", guessingLoss(pairs: min(200, set.test.count)))
page.value("neighbours.raw", monitor.neighbourAccuracyOfPixels)
page.value("rank.h.start", effectiveRank(start.spectra.h), as: .decimals(1))
page.value("rank.z.start", effectiveRank(start.spectra.z), as: .decimals(1))
page.value("rank.h", effectiveRank(end.spectra.h), as: .decimals(1))
page.value("rank.z", effectiveRank(end.spectra.z), as: .decimals(1))

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
  try Comparison(
    [Float(0.05), 0.1, 0.5, 1].map { temperature in
      ("\(temperature)", recipe.with { $0.plan.temperature = temperature })
    }, over: sets, trial: simCLRTrial))
page.cell("temperature")
page.value("comparison.steps", recipe.plan.steps)
page.show(
  temperatures.table(
    "Four temperatures", "τ",
    [("contrastive accuracy", 2, { $0.trace.finalAccuracy }), ("probe", 2, { $0.probe })]))
page.value(
  "temperature.probe", temperatures.best { $0.probe },
  orAsGood: temperatures.nearBest { $0.probe })
page.value(
  "temperature.contrastive", temperatures.best { $0.trace.finalAccuracy },
  orAsGood: temperatures.nearBest { $0.trace.finalAccuracy })

// MARK: The head

let heads = page.orStop(
  try Comparison(
    ProjectionKind.allCases.map { kind in (kind.rawValue, recipe.with { $0.head = kind }) },
    over: sets, trial: simCLRTrial))
page.cell("heads")
page.show(
  heads.table(
    "Three heads", "head", [("probe on h", 2, { $0.probe }), ("on g(h)", 2, { $0.projectedProbe })])
)
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
let larsRecipe = recipe.with {
  $0.plan.fit(batch: sizes[sizes.count - 1])
  $0.plan.method = .lars
  $0.plan.learningRate = 4
}
let batchComparison = page.orStop(
  try Comparison(
    sizes.map { size in ("\(size), Adam", recipe.with { $0.plan.fit(batch: size) }) }
      + [("\(sizes[sizes.count - 1]), LARS", larsRecipe)], over: sets,
    trial: simCLRTrial))
page.cell("batches")
page.show(
  batchComparison.table(
    "The same number of views in batches of other sizes", "pairs",
    [("steps", 0, { Double($0.trace.losses.count) }), ("probe", 2, { $0.probe })]))

let largest = sizes.count - 1

// MARK: What is near, and a map

let pixels = Representation(pixelsOf: set.training, set.test)
var random = Random(seed: options.seed, stream: 1)
let untrained = ResidualEncoder(
  channels: set.training.channels, width: longRecipe.width, using: &random)
let before = Representation(untrained, set.training, set.test)
page.cell("neighbours")
page.show(
  neighbourGrid(
    set, queries: [0, 1, 2],
    [("pixels", pixels), ("random encoder", before), ("SimCLR", trials[0].h)]))
page.value(
  "neighbours.pixels", nearestNeighbourAccuracy(pixels, set.training.labels, set.test.labels))
page.value(
  "neighbours.simclr", nearestNeighbourAccuracy(trials[0].h, set.training.labels, set.test.labels))
let mapped = trials[0].h.test.sliced(axis: 0, 0..<min(300, set.test.count))
let tsne = TSNE(mapped, steps: options.pick(quick: 20, usual: 300, full: 500), using: &random)
let plane = PrincipalComponents(mapped, count: 2, iterations: 100, using: &random)
page.cell("maps")
page.show(classMap("Principal components of h", plane(mapped), set.test, axes: "component"))
page.show(classMap("t-SNE of h", tsne.map, set.test, axes: "map"))

// MARK: Where it breaks

let anchored = page.orStop(
  try Trial(recipe.with { $0.plan.loss = anchoredLoss }, set, title: "anchor among the negatives"))
let sound = page.orStop(
  try Collapse(recipe.with { $0.plan.observations = 30 }, set, title: "NT-Xent"))
page.cell("anchor")
page.show(
  Table(
    "With the anchor among the negatives",
    columns: [.text("loss"), .number("final loss", decimals: 2), .number("probe", decimals: 2)],
    rows: [
      ["NT-Xent", .number(sound.trial.trace.finalLoss), .number(sound.trial.probe)],
      ["anchor left in", .number(anchored.trace.finalLoss), .number(anchored.probe)],
    ]))
let collapsed = page.orStop(
  try Collapse(
    recipe.with {
      $0.plan.loss = attractionLoss
      $0.plan.observations = 30
    }, set, title: "no negatives"))
let ideal = coincidingPairs(recipe.plan.batch)
page.value("floor.sound", ntXent(ideal, temperature: recipe.plan.temperature).value.number)
page.value(
  "floor.anchored", anchoredLoss(ideal, temperature: recipe.plan.temperature).value.number)
page.cell("collapse")
page.show(
  LinePlot(
    "1 − cos between partners", xLabel: "step", yLabel: "1 − cos",
    series: [collapsed.distances("no negatives"), sound.distances("NT-Xent")],
    yScale: .logarithmic))
page.show(
  LinePlot(
    "The largest singular value of z", xLabel: "step", yLabel: "variance",
    series: [collapsed.largest("no negatives"), sound.largest("NT-Xent")],
    yScale: .logarithmic))
page.show(collapsed.spectra)
page.value("collapse.loss.end", collapsed.lastDistance)
page.value("collapse.probe", collapsed.trial.probe)

claimSimCLR(
  page, ladder, temperatures, heads, known, study, sound: sound, collapsed: collapsed)

// MARK: What it cost

let trace = trials[0].trace
let viewsPerSecond = Double(trace.views) / max(trace.secondsForViews, 1e-9)
let needed = Double(trace.views) / max(trace.seconds - trace.secondsForViews, 1e-9)
page.cell("cost-simclr")
page.show(
  Table(
    "One pre-training",
    columns: [.text(""), .number("", decimals: 0)],
    rows: [
      ["seconds", .number(trace.seconds)], ["views seen", .number(trace.views)],
      ["views made in a second", .number(viewsPerSecond)],
      ["views that training can take in a second", .number(needed)],
    ]))
page.value("views.share", trace.secondsForViews / max(trace.seconds, 1e-9), as: .percent(0))
page.value("pretraining.rate", trace.stepsPerSecond, as: .decimals(0))

// MARK: Patients

let clinicPlan = MedicalPlan(
  width: options.isQuick ? 4 : 16, thingSteps: options.pick(quick: 2, usual: 200, full: 800),
  clinicSteps: options.pick(quick: 2, usual: 250, full: 1000),
  patientSteps: options.pick(quick: 2, usual: 250, full: 1000),
  tuningSteps: options.pick(quick: 2, usual: 250, full: 800),
  things: options.isQuick ? 100 : 3000)
let clinicSets = options.seeds(options.isFull ? 3 : 1).map {
  ClinicSet(
    everyone: options.isQuick ? 60 : 1000, training: options.isQuick ? 40 : 300,
    test: options.isQuick ? 30 : 500, seed: $0)
}
let clinic = clinicSets[0]
page.cell("patients")
page.show(clinic.albums)
page.value("clinic.patients", clinic.everyone.patients.count)
page.value("clinic.pictures", clinic.everyone.pictures.count)
page.value("clinic.labelled", clinic.training.patients.count)
page.value(
  "clinic.commonest",
  meanAndDeviation(clinicSets.map(\.test.pictures.shareOfCommonestClass)).mean)
let lonely = Double(clinic.everyone.patients.count { $0.count == 1 })
page.value("clinic.single", lonely / Double(clinic.everyone.patients.count), as: .percent(0))
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
let lead = PairedDifference(labelShares.at(1, .patients), minus: labelShares.at(1, .clinic))
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
