# The rules of the sectors written down a second time, by hand and in another language, with `decimal`.
#
# Usage: second_opinion.py < LINES     one JSON {"id", "year", "parameters", "records"} a line (see second-opinion.test.ts);
#                                      answers {"checked", "wrong", "unknown"} each
import json, sys
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal, getcontext

getcontext().prec = 40
getcontext().rounding = ROUND_HALF_UP
D = Decimal

NCV = {"anthracite": "25.024", "bituminous": "23.736", "lignite": "15.250", "washed_coal": "26.344", "coke": "28.435",
       "natural_gas": "389.310", "bfg": "33.000", "bof_gas": "84.000", "cog": "173.854"}
CC = {"anthracite": "0.02749", "bituminous": "0.02618", "lignite": "0.02797", "washed_coal": "0.02541", "coke": "0.02942",
      "natural_gas": "0.01532", "bfg": "0.07080", "bof_gas": "0.04960", "cog": "0.01210"}
STEEL_EF = {"limestone": "0.440", "dolomite": "0.476", "electrode": "3.663", "pig_iron": "0.172", "scrap": "0.037",
            "crude_steel": "0.037", "dri": "0.073", "tar": "2.699", "benzol": "3.382"}
CLINKER_EF = {"portland": "0.535", "white": "0.550", "sulphoaluminate": "0.413", "aluminate": "0.292"}
DEDUCTION = {"carbide_slag": "0.480", "slaked_lime": "0.600", "magnesium_slag": "0.480"}
# Benchmarks: power by class I to IV, heat of coal, heat of gas.
BENCH = {"2019": "0.877 0.979 1.146 0.392 0.126 0.059", "2020": "0.877 0.979 1.146 0.392 0.126 0.059",
         "2021": "0.8218 0.8773 0.9350 0.3920 0.1111 0.0560", "2022": "0.8177 0.8729 0.9303 0.3901 0.1105 0.0557",
         "2023": "0.7950 0.8090 0.8285 0.3305 0.1038 0.0536", "2024": "0.7910 0.8049 0.8244 0.3288 0.1033 0.0533",
         "2025": "0.7902 0.8017 0.8162 0.3288 0.1027 0.0533", "2026": "0.7894 0.7985 0.8080 0.3288 0.1021 0.0533"}
# Oil, fuel oil and gases beside coal: calorific value, carbon by heat, oxidation in %.
BESIDE = {"diesel": ("42.652", "0.0202", 98), "fuel_oil": ("41.816", "0.0211", 98), "natural_gas": ("389.310", "0.01532", 99),
          "coke_oven_gas": ("173.854", "0.01210", 99), "blast_furnace_gas": ("33.000", "0.07080", 99)}
GRID = {"2019": "0.6101", "2020": "0.6101", "2021": "0.5810", "2022": "0.5810"}
CLASSES = ["I", "II", "III", "IV"]


def half_up(value, places): return D(value).quantize(D(1).scaleb(-places), ROUND_HALF_UP)

def floor(value): return D(value).to_integral_value(ROUND_FLOOR)

def members(figures, prefix): return {name[len(prefix):]: D(value) for name, value in figures.items() if name.startswith(prefix)}

def bench(year, category): return D(BENCH[year].split()[CLASSES.index(category)])

def heat_bench(year, category): return D(BENCH[year].split()[5 if category == "IV" else 4])

def default_cc(year, category):
    if category == "IV": return D("0.01532")
    if year in ("2019", "2020", "2021"): return D("0.03356")
    return D("0.02858") if category == "III" else D("0.03085")


class Record:
    def __init__(self, given, known):
        self.kind, self.level, self.content = given["kind"], given["level"], given["content"]
        self.f = given["figures"]
        self.cites = {role: [known[name] for name in names] for role, names in given["cites"].items()}

    def n(self, name): return D(self.f[name])

    def one(self, role): return self.cites[role][0]

    def total(self, role, name): return sum((record.n(name) for record in self.cites.get(role, [])), D(0))


def fuel(record, prefix, oxidation, out):
    sums = D(0)
    for member, quantity in members(record.f, prefix + ".FC.").items():
        measured = record.n(f"{prefix}.ncvMeasured.{member}") == 1
        ncv = record.n(f"{prefix}.NCV.{member}") if measured else D(NCV[member])
        if not measured: out[f"{prefix}.NCV.{member}"] = half_up(ncv, 3)
        out[f"{prefix}.emission.{member}"] = half_up(quantity * ncv * D(CC[member]) * oxidation * 44 / 12, 2)
        sums += out[f"{prefix}.emission.{member}"]
    return sums

def factors(record, prefix, result, table, out):
    sums = D(0)
    for member, mass in members(record.f, prefix + ".M.").items():
        out[f"{prefix}.{result}.{member}"] = half_up(mass * D(table[member]), 2)
        sums += out[f"{prefix}.{result}.{member}"]
    return sums

def per(emission, output): return half_up(emission / output, 4) if output > 0 else D(0)


# Coal power, supply base (to 2022) and generation base.
def coal_month(record, year, cc, oxidation, composite=True, mean_of_parts=None):
    f, out = record.f, {}
    days = members(f, "daily.fc_t.")
    burnt = sum(days.values(), D(0)) if days else record.n("coalConsumption_t")
    if days:
        mean = lambda prefix, places: half_up(sum(days[day] * value for day, value in members(f, prefix).items()) / burnt, places)
        out |= {"coalConsumption_t": burnt, "NCVar_GJ_t": mean("daily.ncv_GJ_t.", 3), "Mar_pct": mean("daily.mar_pct.", 2)}
    ncv, mar = out.get("NCVar_GJ_t", D(f["NCVar_GJ_t"])), out.get("Mar_pct", D(f["Mar_pct"]))
    if mean_of_parts is not None: out["CarMeasured_tC_t"] = mean_of_parts
    if composite and record.cites.get("test-report"):
        report = record.one("test-report")
        out["CarMeasured_tC_t"] = half_up(report.n("Cad_pct") * (100 - mar) / (100 - report.n("Mad_pct")) / 100, 4)
    measured = record.content["carbonBasis"] == "measured"
    out["Car_tC_t"] = out["CarMeasured_tC_t"] if measured else half_up(ncv * cc, 4)
    out["CCimplied_tC_GJ"] = half_up(out["Car_tC_t"] / ncv, 5) if ncv > 0 else D(0)
    out["OF_pct"] = oxidation
    carbon = burnt * out["Car_tC_t"] if measured else burnt * ncv * cc
    out["emission_tCO2"] = half_up(carbon * oxidation / 100 * 44 / 12, 2)
    if year in GRID:
        out["purchasedEmission_tCO2"] = half_up(record.n("purchasedPower_MWh") * D(GRID[year]), 2)
        out["emission_tCO2"] += out["purchasedEmission_tCO2"]
    return out

def power_month(record, year, sector):
    plan = record.one("quality-control-plan")
    out = coal_month(record, year, default_cc(year, plan.content["category"]), D(99))
    heat = out.get("coalConsumption_t", record.n("coalConsumption_t")) * out.get("NCVar_GJ_t", record.n("NCVar_GJ_t"))
    return out | power_output(record, plan, heat, out["emission_tCO2"], out)

def power_output(record, plan, heat, emission, out):
    w, q = record.n("generation_MWh"), record.n("heatSupply_GJ")
    if "capacity_MW" in plan.content:
        hours = record.n("operatingHours_h")
        out["loadFactor_pct"] = half_up(w / (D(plan.content["capacity_MW"]) * hours) * 100, 2) if hours > 0 else D(0)
    out["grossEfficiency_pct"] = half_up((w * D("3.6") + q) / heat * 100, 2) if heat > 0 else D(0)
    out["emissionPerMWh"] = per(emission, w)
    return out

def output_factor(year, category, load, heat):
    if year in ("2019", "2020", "2021", "2022"):
        if category in ("III", "IV") or heat > 0 or load >= 85: return D(1)
        if load >= 80: return half_up(1 + D("0.0014") * (85 - load), 6)
        if load >= 75: return half_up(D("1.007") + D("0.0016") * (80 - load), 6)
        return half_up(D("1.015") ** (16 - 20 * load / 100), 6)
    if category in ("III", "IV"): return D(1)
    if year in ("2023", "2024"): return half_up(D("1.015") ** (16 - 20 * load / 100), 6) if load < 65 else D(1)
    if load >= 50: return D(1)
    fall = lambda constant: 1 - (-load / D(constant)).exp()
    return half_up(D("7.254") - D("0.633") * fall("29.822") - D("5.643") * fall("6.871"), 6)

def power_final(record, year, sector):
    plan, annual = record.one("quality-control-plan"), record.one("annual-report")
    verified, before = record.one("verification-conclusion").n("verifiedEmission_tCO2"), record.one("pre-issuance").n("preallocation_tCO2")
    load, heat = annual.n("loadFactor_pct"), annual.n("heatSupply_GJ")
    if sector == "CN-ETS-POWER-COMBINED":
        electricity, heat = annual.n("fossilGeneration_MWh"), annual.n("fossilHeat_GJ")
        fuels = {int(number) for number in members(plan.f, "member.fuel.").values()}
        category = "I" if fuels == {1} else "IV" if fuels == {3} else "III"
        out = {"Be": plan.n("Be_least"), "Bh": plan.n("Bh_least")}
    else:
        electricity, category = annual.n("generation_MWh"), plan.content["category"]
        out = {"Be": bench(year, category), "Bh": heat_bench(year, category)}
    corrections = D(1)
    if year in GRID:
        out["Fl"] = D("1.05") if plan.content["cooling"] == "air" else D(1)
        out["Fr"] = half_up(1 - D("0.6" if category == "IV" else "0.22") * annual.n("heatRatio_pct") / 100, 6)
        electricity, corrections = annual.n("supply_MWh"), out["Fl"] * out["Fr"]
    out["Ff"] = output_factor(year, category, load, heat)
    outside = sector == "CN-ETS-POWER-COMBINED" and annual.n("biomassShare_pct") > 10
    out["Ae_tCO2"] = D(0) if outside else floor(electricity * out["Be"] * corrections * out["Ff"])
    out["Ah_tCO2"] = D(0) if outside else floor(heat * out["Bh"])
    out["A_tCO2"] = out["Ae_tCO2"] + out["Ah_tCO2"]
    if category == "IV" and not outside: out["A_tCO2"] = max(out["A_tCO2"], verified)
    return out | {"F_pct": load, "preallocation_tCO2": before, "trueUp_tCO2": out["A_tCO2"] - before, "surplusOrGap_tCO2": out["A_tCO2"] - verified}

# The year of a unit from its months, and of a plant from its units.
def power_year(record, year, sector):
    months, plan = record.cites["monthly-evidence"], record.one("quality-control-plan")
    total = lambda name: record.total("monthly-evidence", name)
    out = {name: total(name) for name in ("generation_MWh", "heatSupply_GJ", "operatingHours_h", "onGrid_MWh", "purchasedPower_MWh")}
    out |= {"OF_pct": D(99), "emissionSumOfMonths_tCO2": total("emission_tCO2"), "emission_tCO2": half_up(total("emission_tCO2"), 0)}
    capacity = plan.n("capacity_MW") if sector == "CN-ETS-POWER-COMBINED" else D(plan.content["capacity_MW"])
    hours, w = out["operatingHours_h"], out["generation_MWh"]
    out["loadFactor_pct"] = half_up(w / (capacity * hours) * 100, 2) if hours > 0 else D(0)
    out["indirectElectricity_tCO2_infoOnly"] = half_up(out["purchasedPower_MWh"] * D(GRID.get(year, "0.5366")), 2)
    out["emissionIntensity_tCO2_MWh"] = per(out["emission_tCO2"], w)
    if sector == "CN-ETS-POWER-GAS":
        out["gasConsumption_10k"] = total("gasConsumption_10k")
        fuels = sum(month.n("gasConsumption_10k") * month.n("NCV_GJ_10k") for month in months)
    else:
        coal = out["coalConsumption_t"] = total("coalConsumption_t")
        weighted = lambda name: sum(month.n("coalConsumption_t") * month.n(name) for month in months)
        fuels = weighted("NCVar_GJ_t")
        out |= {"NCVar_weighted_GJ_t": half_up(fuels / coal, 3), "Car_weighted_tC_t": half_up(weighted("Car_tC_t") / coal, 4)}
    if sector == "CN-ETS-POWER-FUELS":
        fuels = out["fuelHeat_GJ"] = total("fuelHeat_GJ")
        out |= {name: total(name) for name in ("coalEmission_tCO2", "otherFuelEmission_tCO2")}
    if sector == "CN-ETS-POWER-COMBINED":
        fuels = out["fuelHeat_GJ"] = total("fuelHeat_GJ")
        out |= {"boilerInput_GJ": total("boilerInput_GJ"), "biomassHeat_GJ": total("biomassHeat_GJ")}
        share = out["biomassShare_pct"] = half_up(out["biomassHeat_GJ"] / out["boilerInput_GJ"] * 100, 2)
        out |= {"fossilGeneration_MWh": half_up(w * (100 - share) / 100, 3), "fossilHeat_GJ": half_up(out["heatSupply_GJ"] * (100 - share) / 100, 2)}
    if sector != "CN-ETS-POWER-GAS": out["grossCoalRate_gce_kWh_wholeFuel"] = half_up(fuels / D("29.3076") / w * 1000, 2)
    out["grossEfficiency_pct"] = half_up((w * D("3.6") + out["heatSupply_GJ"]) / fuels * 100, 2)
    if year in GRID: out["supply_MWh"] = total("supply_MWh")
    return out

def power_plant_year(record, year, sector):
    names = ["emission_tCO2", "generation_MWh", "heatSupply_GJ"] + ([] if sector == "CN-ETS-POWER-GAS" else ["coalConsumption_t"])
    return {name: record.total("unit-report", name) for name in names}

def coal_stock(record, year, sector):
    stock, feeder = record.n("opening_t") + record.n("purchased_t") - record.n("closing_t"), record.total("unit-evidence", "coalConsumption_t")
    return {"consumedByStock_t": stock, "consumedByFeeder_t": feeder, "imbalance_pct": half_up((stock - feeder) / feeder * 100, 2) if feeder > 0 else D(0)}

def power_pre_plant(record, year, sector):
    before = "verified2023_tCO2" if year in ("2023", "2024") else "verifiedBefore_tCO2"
    return {name: record.total("unit-issuance", name) for name in ["preallocation_tCO2"] + ([] if year in GRID else [before])}

def power_final_plant(record, year, sector):
    verified = record.one("verification-conclusion").n("verifiedEmission_tCO2")
    units, before = record.total("unit-issuance", "A_tCO2"), record.one("pre-issuance").n("preallocation_tCO2")
    relief = max(D(0), floor(D("0.8") * verified) - units)
    gap = verified - units - relief
    return {"verifiedEmission_tCO2": verified, "A_tCO2": units, "gapCapRelief_tCO2": relief, "allowance_tCO2": units + relief,
            "preallocation_tCO2": before, "trueUp_tCO2": units + relief - before, "gap_tCO2": gap,
            "gapRate_pct": half_up(gap / verified * 100, 2) if verified > 0 else D(0)}

def power_pre(record, year, sector):
    if year in GRID: return {}
    if year in ("2023", "2024"): return {"preallocation_tCO2": floor(D("0.7") * record.n("verified2023_tCO2"))}
    return {"preallocation_tCO2": floor(D("0.5") * record.n("verifiedBefore_tCO2"))}

def surrender(record, year, sector):
    verified, allowance = record.one("verification-conclusion").n("verifiedEmission_tCO2"), record.one("allowance-issuance").n("allowance_tCO2")
    used = record.total("ccer-cancellation", "ccerQty_tCO2")
    return {"verifiedEmission_tCO2": verified, "allowance_tCO2": allowance, "ccerCap_tCO2": floor(D("0.05") * verified), "ccerUsed_tCO2": used,
            "ccerShare_pct": half_up(used / verified * 100, 2) if verified > 0 else D(0),
            "allowancesToSurrender_tCO2": verified - used, "allowancesToBuy_tCO2": max(D(0), verified - used - allowance)}

def conclusion(record, year, sector):
    return {"verifiedEmission_tCO2": record.one("annual-report").n("emission_tCO2")} if record.content["result"] == "confirmed" else {}

# Gas.
def gas_month(record, year, sector):
    out, mean = {}, lambda values, places: half_up(sum(values) / len(values), places)
    if record.content["gasBasis"] == "measured":
        out["NCV_GJ_10k"] = mean(members(record.f, "test.NCV.").values(), 3)
        out["C_tC_10k"] = mean(members(record.f, "test.C.").values(), 4)
    else:
        out["NCV_GJ_10k"] = D("389.310")
        out["C_tC_10k"] = half_up(D("389.310") * D("0.01532"), 4)
    out["OF_pct"] = D(99)
    burnt = record.n("gasConsumption_10k")
    out["emission_tCO2"] = half_up(burnt * out["C_tC_10k"] * D("0.99") * 44 / 12, 2)
    return power_output(record, record.one("quality-control-plan"), burnt * out["NCV_GJ_10k"], out["emission_tCO2"], out)

# Merged units, co-firing, heat.
def fuel_class(number, capacity):
    return {"1": "I" if capacity >= 400 else "II", "2": "III"}.get(number, "IV")

# Tests by day or by batch: each sample's carbon with the moisture of its own coal, weighted by that coal.
def tested_parts(record, part, out):
    reports = {one.kind.partition(".")[2]: one for one in record.cites.get("test-report", [])}
    burnt, content = members(record.f, part + ".fc_t."), {}
    for label, mass in burnt.items():
        if mass > 0 and label not in reports: continue
        wet, report = D(100) - record.n(f"{part}.mar_pct.{label}"), reports.get(label)
        content[label] = half_up(report.n("Cad_pct") * wet / (100 - report.n("Mad_pct")) / 100, 4) if mass > 0 else D(0)
        out[f"{part}.Car_tC_t.{label}"] = content[label]
    if record.content["carbonBasis"] != "measured": return None
    return half_up(sum(burnt[label] * content[label] for label in burnt) / sum(burnt.values()), 4)

def beside_coal(record, prefix, out):
    emission = heat = D(0)
    for name, quantity in members(record.f, prefix + ".FC.").items():
        ncv, cc, oxidation = map(D, BESIDE[name])
        if record.n(f"{prefix}.ncvMeasured.{name}") == 1: ncv = record.n(f"{prefix}.NCV.{name}")
        else: out[f"{prefix}.NCV.{name}"] = ncv
        carbon = record.n(f"{prefix}.C.{name}") if record.n(f"{prefix}.carbonMeasured.{name}") == 1 else half_up(ncv * cc, 4)
        if record.n(f"{prefix}.carbonMeasured.{name}") == 0: out[f"{prefix}.C.{name}"] = carbon
        out[f"{prefix}.emission.{name}"] = half_up(quantity * carbon * oxidation / 100 * 44 / 12, 2)
        emission, heat = emission + out[f"{prefix}.emission.{name}"], heat + quantity * ncv
    return emission, heat

def fuels_month(record, year, sector):
    plan, parts = record.one("quality-control-plan"), {}
    mode = plan.content["carbonTestMode"]
    mean = None if mode == "monthly-composite" else tested_parts(record, {"daily": "daily", "batch": "batch"}[mode], parts)
    out = coal_month(record, year, default_cc(year, plan.content["category"]), D(99), mode == "monthly-composite", mean) | parts
    coal = out["coalEmission_tCO2"] = out.pop("emission_tCO2")
    oil, gas = beside_coal(record, "fuel", out), beside_coal(record, "gas", out)
    out["otherFuelEmission_tCO2"] = oil[0] + gas[0]
    out["emission_tCO2"] = coal + oil[0] + gas[0]
    burnt, ncv = (out.get(name, D(record.f[name])) for name in ("coalConsumption_t", "NCVar_GJ_t"))
    out["fuelHeat_GJ"] = half_up(burnt * ncv + oil[1] + gas[1], 2)
    return out | power_output(record, plan, out["fuelHeat_GJ"], out["emission_tCO2"], out)

def combined_plan(record, year, sector):
    classes = {at: fuel_class(record.f["member.fuel." + at], mw) for at, mw in members(record.f, "member.capacity_MW.").items()}
    fuels = [int(record.f["member.fuel." + at]) for at in classes]
    out = {"member.Be." + at: bench(year, of) for at, of in classes.items()}
    heat = {"member.Bh." + at: heat_bench(year, of) for at, of in classes.items()}
    # 就低: whichever class gives the fewest allowances, for power and for heat each.
    return out | heat | {"capacity_MW": sum(members(record.f, "member.capacity_MW.").values()), "Be_least": min(out.values()), "Bh_least": min(heat.values()),
                         "fuel_low": D(min(fuels)), "fuel_high": D(max(fuels)), "CC_coal_tC_GJ": default_cc(year, "III" if min(fuels) >= 2 else "I")}

def combined_month(record, year, sector):
    plan, f = record.one("quality-control-plan"), record.f
    capacity, hours = members(plan.f, "member.capacity_MW."), members(f, "member.hours_h.")
    weighted = half_up(sum(capacity[member] * hours[member] for member in capacity) / sum(capacity.values()), 2)
    heats = {f"steam.heat.{at}": half_up(mass * (D(f[f"steam.h.{at}"]) - D("83.74")) / 1000, 2) for at, mass in members(f, "steam.M.").items()}
    heats |= {f"water.heat.{at}": half_up(mass * (D(f[f"water.T.{at}"]) - 20) * D("4.1868") / 1000, 2) for at, mass in members(f, "water.M.").items()}
    supplied = sum(heats.values(), D(0))
    if record.content["throughExchanger"] in ("true", True): supplied = half_up(supplied / D("0.95"), 2)
    out = coal_month(record, year, plan.n("CC_coal_tC_GJ"), D(99))
    fuels = record.n("coalConsumption_t") * record.n("NCVar_GJ_t")
    for at, burnt in members(f, "gas.FC.").items():
        ncv, carbon = D("389.310"), half_up(D("389.310") * D("0.01532"), 4)
        if record.n("gas.measured." + at) == 0: out |= {"gas.NCV." + at: ncv, "gas.C." + at: carbon}
        else: ncv, carbon = record.n("gas.NCV." + at), record.n("gas.C." + at)
        out["gas.emission." + at] = half_up(burnt * carbon * D("0.99") * 44 / 12, 2)
        out["emission_tCO2"] += out["gas.emission." + at]
        fuels += burnt * ncv
    fuels = half_up(fuels, 2)
    boiler = half_up(record.n("boilerHeat_GJ") / record.n("boilerEfficiency_pct") * 100, 2)
    biomass = max(D(0), boiler - fuels) if plan.content["biomass"] in ("true", True) else D(0)
    out |= heats | {"operatingHours_h": weighted, "heatSupply_GJ": supplied, "boilerInput_GJ": boiler, "biomassHeat_GJ": biomass, "fuelHeat_GJ": fuels}
    out |= power_output(record, plan, fuels, out["emission_tCO2"], out)
    out["loadFactor_pct"] = half_up(record.n("generation_MWh") / (plan.n("capacity_MW") * weighted) * 100, 2)
    return out

# Steel.
def steel_unit(record, year, sector):
    out, oxidation = {}, D("0.99") if record.one("quality-control-plan").content["process"] == "power" else D(1)
    goes_in = fuel(record, "solid", oxidation, out) + fuel(record, "gas", oxidation, out) + factors(record, "carbonate", "emission", STEEL_EF, out)
    comes_out = fuel(record, "solidOut", oxidation, out) + fuel(record, "gasOut", oxidation, out)
    emission = goes_in - comes_out
    return out | {"input_tCO2": goes_in, "output_tCO2": comes_out, "emission_tCO2": emission, "intensity_tCO2_t": per(emission, record.n("production_t"))}

def steel_plant(record, year, sector):
    out = {}
    fuels = fuel(record, "solid", D(1), out) + fuel(record, "gas", D(1), out)
    out["electrodeEmission_tCO2"] = half_up(record.n("electrode_t") * D("3.663"), 2)
    process = factors(record, "carbonate", "emission", STEEL_EF, out) + factors(record, "raw", "emission", STEEL_EF, out) + out["electrodeEmission_tCO2"]
    kept = factors(record, "product", "carbon", STEEL_EF, out)
    emission = fuels + process - kept
    return out | {"fuelEmission_tCO2": fuels, "processEmission_tCO2": process, "sequestered_tCO2": kept, "emission_tCO2": emission,
                  "otherEmission_tCO2": emission - record.total("unit-evidence", "emission_tCO2"), "intensity_tCO2_t": per(emission, record.n("crudeSteel_t"))}

def steel_unit_year(record, year, sector):
    process, emission = record.one("quality-control-plan").content["process"], half_up(record.total("monthly-evidence", "emission_tCO2"), 0)
    output = record.total("monthly-evidence", "production_t")
    return {"emission_tCO2": emission, "production_t": output, "benchmarkEmission_tCO2": emission if process in ("sintering", "ironmaking") else D(0),
            "iron_t": output if process == "ironmaking" else D(0)}

def steel_plant_year(record, year, sector):
    counts, iron = record.total("unit-report", "benchmarkEmission_tCO2"), record.total("unit-report", "iron_t")
    months = {name: record.total("monthly-evidence", name) for name in ("crudeSteel_t", "otherEmission_tCO2")}
    return months | {"emission_tCO2": half_up(record.total("monthly-evidence", "emission_tCO2"), 0), "benchmarkEmission_tCO2": counts, "iron_t": iron,
                     "intensity_tCO2_t": per(counts, iron)}

# Cement.
def cement_month(record, year, sector):
    out, clinker = {}, record.n("clinker_t")
    fuels = fuel(record, "solid", D("0.99"), out) + fuel(record, "gas", D("0.99"), out)
    substitutes = factors(record, "substitute", "deduction", DEDUCTION, out)
    carbonate = half_up(clinker * D(CLINKER_EF[record.one("quality-control-plan").content["clinkerKind"]]), 2)
    carbide = half_up(record.n("carbideSlag_t") * D("0.480"), 2)
    process = carbonate - carbide - substitutes
    return out | {"fuelEmission_tCO2": fuels, "clinkerCarbonate_tCO2": carbonate, "carbideDeduction_tCO2": carbide, "processEmission_tCO2": process,
                  "emission_tCO2": fuels + process, "intensity_tCO2_t": per(fuels + process, clinker)}

def cement_year(record, year, sector):
    sums = {name: record.total("monthly-evidence", name) for name in ("clinker_t", "carbideDeduction_tCO2", "clinkerCarbonate_tCO2")}
    emission = half_up(record.total("monthly-evidence", "emission_tCO2"), 0)
    share = half_up(sums["carbideDeduction_tCO2"] / sums["clinkerCarbonate_tCO2"] * 100, 2) if sums["clinkerCarbonate_tCO2"] > 0 else D(0)
    if year != "2024":
        excess = max(D(0), share - D(15 if year == "2025" else 30))
        white = record.one("quality-control-plan").content["clinkerKind"] == "white"
        sums |= {"carbideExcess_pct": excess, "countsInBalance": D(0 if white or excess > 0 else 1)}
    return sums | {"emission_tCO2": emission, "carbideShare_pct": share, "intensity_tCO2_t": per(emission, sums["clinker_t"])}

# Aluminium.
def aluminium_month(record, year, sector):
    metal, out, said = record.n("aluminium_t"), {}, record.content
    if said["anodeQuality"] == "default": out |= {"S_pct": D("2.00"), "ash_pct": D("0.40")}
    sulphur, ash = out.get("S_pct", record.n("S_pct")), out.get("ash_pct", record.n("ash_pct"))
    out["netAnode_t"] = half_up(record.n("anodeUse_t") * D("84.82") / 100, 2) if said["anodeBasis"] == "measured" else half_up(metal * D("0.411"), 2)
    out["anodeEmission_tCO2"] = half_up(out["netAnode_t"] * (100 - sulphur - ash) / 100 * 44 / 12, 2)
    measured = said["pfcBasis"] == "measured"
    out["EFCF4_kg_t"] = half_up(D("0.143") * record.n("anodeEffect_min_d"), 6) if measured else D("0.034")
    out["EFC2F6_kg_t"] = half_up(out["EFCF4_kg_t"] / 10, 6) if measured else D("0.0034")
    out["pfcEmission_tCO2"] = half_up(metal * (out["EFCF4_kg_t"] * 6630 + out["EFC2F6_kg_t"] * 11100) / 1000, 2)
    out["emission_tCO2"] = out["anodeEmission_tCO2"] + out["pfcEmission_tCO2"]
    return out | {"intensity_tCO2_t": per(out["emission_tCO2"], metal)}

def aluminium_year(record, year, sector):
    sums = {name: record.total("monthly-evidence", name) for name in ("aluminium_t", "anodeEmission_tCO2", "pfcEmission_tCO2")}
    emission = half_up(record.total("monthly-evidence", "emission_tCO2"), 0)
    return sums | {"emission_tCO2": emission, "intensity_tCO2_t": per(emission, sums["aluminium_t"])}

# Battery cells: the stages of a product.
CELL_EF = {"cathode_lfp": "7.20", "cathode_ncm": "24.60", "graphite": "4.80", "electrolyte": "3.10", "copper_foil": "5.90",
           "aluminium_foil": "13.50", "separator": "2.70", "diesel": "3.86", "fuel_oil": "3.63", "hydrometallurgy": "1.24", "pyrometallurgy": "2.05"}

def battery_month(record, year, sector):
    out, cells = {}, record.n("cells_MWh")
    def by_factor(amounts, result):
        sums = D(0)
        for member, amount in members(record.f, amounts).items():
            out[result + member] = half_up(amount * D(CELL_EF[member]), 2)
            sums += out[result + member]
        return sums
    stages = {"materialStage_tCO2": by_factor("material.M.", "material.emission."), "distributionStage_tCO2": by_factor("transport.FC.", "transport.emission."),
              "endStage_tCO2": by_factor("treated.M.", "treated.emission."),
              "productionStage_tCO2": half_up(record.n("electricity_MWh") * D("0.5306") + record.n("heat_GJ") * D("0.11"), 2)}
    emission = sum(stages.values())
    return out | stages | {"emission_tCO2": emission, "footprint_kg_kWh": per(emission, cells)}

def battery_year(record, year, sector):
    stages = {name: record.total("monthly-evidence", name + "Stage_tCO2") for name in ("material", "production", "distribution", "end")}
    cells = record.total("monthly-evidence", "cells_MWh")
    out = {name + "Stage_tCO2": value for name, value in stages.items()} | {name + "Footprint_kg_kWh": per(value, cells) for name, value in stages.items()}
    return out | {"cells_MWh": cells, "emission_tCO2": half_up(record.total("monthly-evidence", "emission_tCO2"), 0),
                  "footprint_kg_kWh": sum(per(value, cells) for value in stages.values())}

# Ammonia, a sector of a test folder.
def ammonia_month(record, year, sector):
    f, out = record.f, {}
    for family in ("solid", "gas"):
        for member, burnt in members(f, family + ".FC.").items():
            carbon = {"anthracite": "0.02749", "purge_gas": "0.01530"}[member]
            out[f"{family}.emission.{member}"] = half_up(burnt * record.n(f"{family}.NCV.{member}") * D(carbon) * D("0.99") * 44 / 12, 2)
    bound = record.n("urea_t") * D("0.7333") if record.content["product"] == "urea" else D(0)
    process = half_up(record.n("feedCoal_t") * record.n("feedCarbon_pct") / 100 * 44 / 12 - bound, 2)
    purchased = half_up(record.n("electricity_MWh") * D("0.5306") + record.n("heat_GJ") * D("0.11"), 2)
    return out | {"process_tCO2": process, "purchased_tCO2": purchased, "emission_tCO2": sum(out.values()) + process + purchased}

def ammonia_year(record, year, sector):
    made, emission = record.total("monthly-evidence", "ammonia_t"), half_up(record.total("monthly-evidence", "emission_tCO2"), 0)
    return {"ammonia_t": made, "emission_tCO2": emission, "intensity_tCO2_t": per(emission, made)}

# Allowances of the three sectors.
def sector_allowance(record, year, sector):
    verified = record.one("verification-conclusion").n("verifiedEmission_tCO2")
    name = "allowance_tCO2" if record.level == "plant" else "A_tCO2"
    if record.level == "plant" and sector != "CN-ETS-STEEL":
        return {"verifiedEmission_tCO2": verified, "allowance_tCO2": record.total("unit-issuance", "A_tCO2")}
    if year == "2024": return {"verifiedEmission_tCO2": verified, name: verified}
    annual, value = record.one("annual-report"), D(record.parameters["BP"])
    intensity = annual.n("intensity_tCO2_t")
    distance = half_up((value - intensity) / value, 6)
    alpha = D("0.03") if distance >= D("0.2") else D("-0.03") if distance <= D("-0.2") else half_up(D("0.15") * distance, 6)
    given = verified < 26000 or record.content["lineState"] in ("new", "closed")
    out = {}
    if sector == "CN-ETS-CEMENT":
        limit = D(15 if year == "2025" else 30)
        out["carbideExcess_pct"] = max(D(0), annual.n("carbideShare_pct") - limit)
        given = given or out["carbideExcess_pct"] > 0 or record.one("quality-control-plan").content["clinkerKind"] == "white"
    if given: alpha = D(0)
    return out | {"verifiedEmission_tCO2": verified, "intensity_tCO2_t": intensity, "X": distance, "alpha": alpha, name: floor(verified * (1 + alpha))}

def plant_year(record, year, sector): return {"emission_tCO2": record.total("unit-report", "emission_tCO2")}

SHARED = {"verification-conclusion@unit": conclusion, "verification-conclusion@plant": conclusion, "surrender@plant": surrender}
POWER = SHARED | {"monthly-evidence@unit": power_month, "allowance-issuance@unit": power_final, "allowance-issuance@plant": power_final_plant,
                  "allowance-issuance.pre@unit": power_pre, "allowance-issuance.pre@plant": power_pre_plant, "annual-report@unit": power_year,
                  "annual-report@plant": power_plant_year, "monthly-evidence@plant": coal_stock}
SECTOR = SHARED | {"allowance-issuance@unit": sector_allowance, "allowance-issuance@plant": sector_allowance, "annual-report@plant": plant_year}
RULES = {
    "CN-ETS-POWER": POWER, "CN-ETS-POWER-GAS": POWER | {"monthly-evidence@unit": gas_month},
    "CN-ETS-POWER-FUELS": POWER | {"monthly-evidence@unit": fuels_month},
    "CN-ETS-POWER-COMBINED": POWER | {"monthly-evidence@unit": combined_month, "quality-control-plan@unit": combined_plan},
    "CN-ETS-STEEL": SECTOR | {"monthly-evidence@unit": steel_unit, "monthly-evidence@plant": steel_plant, "annual-report@unit": steel_unit_year,
                              "annual-report@plant": steel_plant_year},
    "CN-ETS-CEMENT": SECTOR | {"monthly-evidence@unit": cement_month, "annual-report@unit": cement_year},
    "CN-PCF-BATTERY": SECTOR | {"monthly-evidence@unit": battery_month, "annual-report@unit": battery_year},
    "CN-ETS-AMMONIA": SECTOR | {"monthly-evidence@unit": ammonia_month, "annual-report@unit": ammonia_year},
    "CN-ETS-ALUMINIUM": SECTOR | {"monthly-evidence@unit": aluminium_month, "annual-report@unit": aluminium_year}}


def look(given):
    known, wrong, unknown, checked = {}, [], [], 0
    for entry in given["records"]:
        record = known[entry["name"]] = Record(entry, known)
        record.parameters = given["parameters"]
        if entry["partial"]: continue
        rule = RULES[given["id"]].get(f"{record.kind}@{record.level}")
        expected = rule(record, given["year"], given["id"]) if rule else {}
        for name in entry["computed"]:
            checked += name in expected
            if name not in expected: unknown.append(f"{entry['name']} {name}")
            elif expected[name] != record.n(name): wrong.append(f"{entry['name']} {name}: {record.f[name]}, but {expected[name]}")
    return {"checked": checked, "wrong": wrong, "unknown": unknown}

if __name__ == "__main__":
    for line in sys.stdin: print(json.dumps(look(json.loads(line))))
